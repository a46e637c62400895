// Tries every capacity from the heaviest crate upwards.
#include <algorithm>
#include <iostream>
#include <vector>

int main() {
  int n, d;
  std::cin >> n >> d;
  std::vector<long long> weights(n);
  for (auto& w : weights) std::cin >> w;
  for (long long capacity = *std::max_element(weights.begin(), weights.end());; capacity++) {
    int count = 1;
    long long load = 0;
    for (long long w : weights) {
      if (load + w > capacity) {
        count++;
        load = 0;
      }
      load += w;
    }
    if (count <= d) {
      std::cout << capacity << '\n';
      return 0;
    }
  }
}
