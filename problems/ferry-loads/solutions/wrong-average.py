# Takes the fair share of the total weight, or the heaviest crate if that is more.
n, d = map(int, input().split())
weights = list(map(int, input().split()))
print(max(max(weights), -(-sum(weights) // d)))
