n, k = map(int, input().split())
if k > n * (n - 1) // 2:
    print(-1)
else:
    row = list(range(1, n + 1))
    while k > 0:
        for i in range(n - 1):
            if k > 0 and row[i] < row[i + 1]:
                row[i], row[i + 1] = row[i + 1], row[i]
                k -= 1
    print(*row)
