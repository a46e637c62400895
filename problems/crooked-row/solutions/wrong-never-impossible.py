n, k = map(int, input().split())
row = []
left = list(range(1, n + 1))
while left:
    at = min(k, len(left) - 1)
    row.append(left.pop(at))
    k -= at
print(*row)
