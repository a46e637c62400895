import sys
from math import gcd

rows = sys.stdin.read().split("\n")
for row in rows[1 : int(rows[0]) + 1]:
    l, r, a, b = map(int, row.split())
    both = a * b // gcd(a, b)
    up_to = lambda x: x // a + x // b - x // both
    print(up_to(r) - up_to(l - 1))
