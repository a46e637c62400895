import sys
from collections import Counter

times = Counter(sys.stdin.read().split()[1:])
word, count = min(times.items(), key=lambda item: (-item[1], item[0]))
print(word, count)
