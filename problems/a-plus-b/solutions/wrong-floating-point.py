# Adds as floating-point numbers, which are exact only up to 2^53.
a, b = map(float, input().split())
print(int(a + b))
