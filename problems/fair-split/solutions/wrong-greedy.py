# Gives the treasures, dearest first, always to the pirate who has less.
input()
shares = [0, 0]
for value in sorted(map(int, input().split()), reverse=True):
    shares[shares[0] > shares[1]] += value
print(abs(shares[0] - shares[1]))
