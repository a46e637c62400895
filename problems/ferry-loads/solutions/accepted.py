import sys
from bisect import bisect_right
from itertools import accumulate

n, d, *weights = map(int, sys.stdin.read().split())
before = [0, *accumulate(weights)]


def fits(capacity):
    """Whether d crossings are enough."""
    at = 0
    for _ in range(d):
        at = bisect_right(before, before[at] + capacity, at) - 1
        if at == n:
            return True
    return False


low, high = max(weights), before[n]
while low < high:
    middle = (low + high) // 2
    if fits(middle):
        high = middle
    else:
        low = middle + 1
print(low)
