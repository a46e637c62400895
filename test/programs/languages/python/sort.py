import sys

numbers = sorted(map(int, sys.stdin.read().split()[1:]))
print(sum((i + 1) * number for i, number in enumerate(numbers)) % 1000003)
