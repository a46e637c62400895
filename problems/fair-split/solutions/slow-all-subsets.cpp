// Tries all ways to share.
#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <vector>

std::vector<int> values;

int best(size_t i, int difference) {
  if (i == values.size()) return std::abs(difference);
  return std::min(best(i + 1, difference + values[i]), best(i + 1, difference - values[i]));
}

int main() {
  int n;
  std::cin >> n;
  values.resize(n);
  for (int& value : values) std::cin >> value;
  std::cout << best(0, 0) << '\n';
}
