# Counts an empty stretch, worth nothing, as a stretch.
import sys

n, q = map(int, sys.stdin.readline().split())
path = [1 if section == "+" else -1 for section in sys.stdin.readline().strip()]
for _ in range(q):
    kind, first, *last = map(int, sys.stdin.readline().split())
    if kind == 1:
        path[first - 1] *= -1
        continue
    ending = best = 0
    for section in path[first - 1 : last[0]]:
        ending = max(0, ending + section)
        best = max(best, ending)
    print(best)
