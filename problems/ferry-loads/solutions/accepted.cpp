#include <algorithm>
#include <iostream>
#include <vector>

int main() {
  std::ios::sync_with_stdio(false);
  std::cin.tie(nullptr);
  int n, d;
  std::cin >> n >> d;
  std::vector<long long> weights(n);
  for (auto& w : weights) std::cin >> w;

  const auto crossings = [&](long long capacity) {
    int count = 1;
    long long load = 0;
    for (long long w : weights) {
      if (load + w > capacity) {
        count++;
        load = 0;
      }
      load += w;
    }
    return count;
  };

  long long low = *std::max_element(weights.begin(), weights.end());
  long long high = 0;
  for (long long w : weights) high += w;
  while (low < high) {
    const long long middle = (low + high) / 2;
    if (crossings(middle) <= d) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  std::cout << low << '\n';
}
