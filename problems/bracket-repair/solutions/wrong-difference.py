# Only compares how many brackets of each kind there are, not where they stand.
s = input().strip()
print(abs(s.count("(") - s.count(")")))
