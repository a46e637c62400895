# Of words said equally often takes the one that was said first.
import sys
from collections import Counter

times = Counter(sys.stdin.read().split()[1:])
word, count = times.most_common(1)[0]
print(word, count)
