# Counts the nets anew after every torn cable.
import sys

values = list(map(int, sys.stdin.buffer.read().split()))
n, m, q = values[:3]
cables = list(zip(values[3 : 3 + 2 * m : 2], values[4 : 4 + 2 * m : 2]))
near = [set() for _ in range(n + 1)]
for number, (u, v) in enumerate(cables):
    near[u].add((v, number))
    near[v].add((u, number))

for number in values[3 + 2 * m :]:
    u, v = cables[number - 1]
    near[u].discard((v, number - 1))
    near[v].discard((u, number - 1))
    seen = [False] * (n + 1)
    nets = 0
    for station in range(1, n + 1):
        if seen[station]:
            continue
        nets += 1
        seen[station] = True
        waiting = [station]
        while waiting:
            for other, _ in near[waiting.pop()]:
                if not seen[other]:
                    seen[other] = True
                    waiting.append(other)
    print(nets)
