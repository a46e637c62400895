import sys
from itertools import accumulate

# Every shelf is charged a fee; the higher the fee, the fewer shelves the cheapest arrangement has. The answer is the
# greatest value over all fees of (cost of the cheapest arrangement with the fee) - k * fee, a concave function.


def cheapest(up_to, fee):
    """Cost of the cheapest arrangement and the number of shelves of one such arrangement."""
    # Start j is worth heights[j] - 2 * up_to[j] * x for a shelf that ends at x; slopes fall, x grows.
    xs, heights, counts = [0], [0], [0]
    first = 0
    for x in up_to:
        twice = 2 * x
        value = heights[first] - twice * xs[first]
        while first + 1 < len(xs):
            other = heights[first + 1] - twice * xs[first + 1]
            if other > value:
                break
            value = other
            first += 1
        square = x * x
        cost = value + square + fee
        count = counts[first] + 1
        height = cost + square
        while len(xs) - first > 1:
            bx, bh = xs[-1], heights[-1]
            if (bh - heights[-2]) * (x - bx) < (height - bh) * (bx - xs[-2]):
                break
            xs.pop()
            heights.pop()
            counts.pop()
        xs.append(x)
        heights.append(height)
        counts.append(count)
    return cost, count


def main():
    n, k, *books = map(int, sys.stdin.read().split())
    up_to = list(accumulate(books))
    low, high = 0, up_to[-1] ** 2
    best = 0
    while low <= high:
        fee = (low + high) // 2
        cost, count = cheapest(up_to, fee)
        best = max(best, cost - k * fee)
        if count == k:
            break
        if count < k:
            high = fee - 1
        else:
            low = fee + 1
    print(best)


main()
