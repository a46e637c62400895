import sys
from heapq import heappop, heappush

values = list(map(int, sys.stdin.buffer.read().split()))
n, m = values[0], values[1]
roads = [[] for _ in range(n + 1)]
edges = list(zip(values[2::3], values[3::3], values[4::3]))
for u, v, toll in edges:
    roads[u].append((v, toll))
    roads[v].append((u, toll))

FAR = 1 << 60


def tolls_from(source):
    paid = [FAR] * (n + 1)
    paid[source] = 0
    queue = [(0, source)]
    while queue:
        cost, town = heappop(queue)
        if cost > paid[town]:
            continue
        for near, toll in roads[town]:
            if cost + toll < paid[near]:
                paid[near] = cost + toll
                heappush(queue, (cost + toll, near))
    return paid


before, after = tolls_from(1), tolls_from(n)
best = min(min(before[u] + after[v], before[v] + after[u]) for u, v, _ in edges)
print(best if best < FAR else -1)
