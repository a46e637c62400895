# Believes that every torn cable parts a net in two.
import sys

values = list(map(int, sys.stdin.buffer.read().split()))
n, m, q = values[:3]
leader = list(range(n + 1))


def find(x):
    while leader[x] != x:
        leader[x] = leader[leader[x]]
        x = leader[x]
    return x


count = n
for i in range(m):
    u, v = find(values[3 + 2 * i]), find(values[4 + 2 * i])
    leader[u] = v
    count -= u != v
for _ in range(q):
    count = min(n, count + 1)
    print(count)
