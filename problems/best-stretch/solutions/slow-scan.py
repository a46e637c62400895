# Walks along the whole stretch for every question.
import sys

n, q = map(int, sys.stdin.readline().split())
path = [1 if section == "+" else -1 for section in sys.stdin.readline().strip()]
for _ in range(q):
    kind, first, *last = map(int, sys.stdin.readline().split())
    if kind == 1:
        path[first - 1] *= -1
        continue
    ending = best = -n
    for section in path[first - 1 : last[0]]:
        ending = ending + section if ending > 0 else section
        if ending > best:
            best = ending
    print(best)
