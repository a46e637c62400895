n, k = map(int, input().split())
if k > n * (n - 1) // 2:
    print(-1)
else:
    row = list(range(1, n + 1))
    # whoever is moved to place i clashes with all that he passes
    for i in range(n):
        moved = min(k, n - 1 - i)
        if moved < n - 1 - i:
            row.insert(i, row.pop(i + moved))
            break
        row.insert(i, row.pop())
        k -= moved
    print(*row)
