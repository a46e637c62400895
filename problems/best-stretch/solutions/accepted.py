import sys

LOW = -(10**9)
NOTHING = (0, LOW, LOW, LOW)


def joined(a, b):
    """The parts side by side: sum, best from the left end, best from the right end, best anywhere."""
    sum_a, head_a, tail_a, best_a = a
    sum_b, head_b, tail_b, best_b = b
    head = sum_a + head_b
    tail = sum_b + tail_a
    best = tail_a + head_b
    if best_a > best:
        best = best_a
    if best_b > best:
        best = best_b
    return sum_a + sum_b, head if head > head_a else head_a, tail if tail > tail_b else tail_b, best


n, q = map(int, sys.stdin.readline().split())
UP, DOWN = (1, 1, 1, 1), (-1, -1, -1, -1)
tree = [NOTHING] * n + [UP if section == "+" else DOWN for section in sys.stdin.readline().strip()]
for node in range(n - 1, 0, -1):
    tree[node] = joined(tree[2 * node], tree[2 * node + 1])

for _ in range(q):
    kind, *event = map(int, sys.stdin.readline().split())
    if kind == 1:
        node = n + event[0] - 1
        tree[node] = DOWN if tree[node] == UP else UP
        while node > 1:
            node >>= 1
            tree[node] = joined(tree[2 * node], tree[2 * node + 1])
    else:
        left = right = NOTHING
        start, end = n + event[0] - 1, n + event[1]
        while start < end:
            if start & 1:
                left = joined(left, tree[start])
                start += 1
            if end & 1:
                end -= 1
                right = joined(tree[end], right)
            start >>= 1
            end >>= 1
        print(joined(left, right)[3])
