// For every suffix finds, by its prefix function, how much of it occurs again further on.
#include <algorithm>
#include <iostream>
#include <string>
#include <vector>

int main() {
  std::string s;
  std::cin >> s;
  const int n = s.size();
  long long fragments = 0;
  std::vector<int> border(n);
  for (int start = 0; start < n; start++) {
    const char* suffix = s.data() + start;
    const int length = n - start;
    int longest = 0;
    for (int i = 1, k = 0; i < length; i++) {
      while (k > 0 && suffix[i] != suffix[k]) k = border[k - 1];
      if (suffix[i] == suffix[k]) k++;
      border[i] = k;
      longest = std::max(longest, k);
    }
    fragments += length - longest;
  }
  std::cout << fragments << '\n';
}
