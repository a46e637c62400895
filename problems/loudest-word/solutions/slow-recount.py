# Counts every word anew by going through the whole list.
import sys

words = sys.stdin.read().split()[1:]
best = None
for word in words:
    count = 0
    for other in words:
        if other == word:
            count += 1
    if best is None or (-count, word) < best:
        best = (-count, word)
print(best[1], -best[0])
