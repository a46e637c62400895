import sys

values = list(map(int, sys.stdin.buffer.read().split()))
n, m, q = values[:3]
cables = list(zip(values[3 : 3 + 2 * m : 2], values[4 : 4 + 2 * m : 2]))
torn = [number - 1 for number in values[3 + 2 * m :]]
leader = list(range(n + 1))


def find(x):
    while leader[x] != x:
        leader[x] = leader[leader[x]]
        x = leader[x]
    return x


def join(cable):
    u, v = find(cable[0]), find(cable[1])
    leader[u] = v
    return u != v


gone = set(torn)
count = n
for number, cable in enumerate(cables):
    if number not in gone:
        count -= join(cable)

nets = []
for number in reversed(torn):
    nets.append(count)
    count -= join(cables[number])
print("\n".join(map(str, reversed(nets))))
