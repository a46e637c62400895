# Takes the cheapest way without a ticket and uses the ticket on its dearest road.
import sys
from heapq import heappop, heappush

values = list(map(int, sys.stdin.buffer.read().split()))
n, m = values[0], values[1]
roads = [[] for _ in range(n + 1)]
for u, v, toll in zip(values[2::3], values[3::3], values[4::3]):
    roads[u].append((v, toll))
    roads[v].append((u, toll))

FAR = 1 << 60
paid = [(FAR, 0)] * (n + 1)
paid[1] = (0, 0)
queue = [(0, 0, 1)]
while queue:
    cost, dearest, town = heappop(queue)
    if (cost, dearest) != paid[town]:
        continue
    for near, toll in roads[town]:
        if cost + toll < paid[near][0]:
            paid[near] = (cost + toll, max(dearest, toll))
            heappush(queue, (*paid[near], near))
print(paid[n][0] - paid[n][1] if paid[n][0] < FAR else -1)
