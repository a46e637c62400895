import threading

sums = [0] * 4


def add(at):
    for i in range(1, 1001):
        sums[at] += i


threads = [threading.Thread(target=add, args=(at,)) for at in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(sum(sums))
