input()
values = list(map(int, input().split()))
total = sum(values)
reachable = 1
for value in values:
    reachable |= reachable << value
share = total // 2
while not reachable >> share & 1:
    share -= 1
print(total - 2 * share)
