// Fills the table best[shelves][books] entry by entry, trying every beginning of the last shelf.
#include <algorithm>
#include <iostream>
#include <vector>

int main() {
  int n, k;
  std::cin >> n >> k;
  std::vector<long long> upTo(n + 1);
  for (int i = 1; i <= n; i++) {
    std::cin >> upTo[i];
    upTo[i] += upTo[i - 1];
  }
  const long long never = 1LL << 60;
  std::vector<long long> best(n + 1, never);
  best[0] = 0;
  for (int shelf = 1; shelf <= k; shelf++) {
    std::vector<long long> next(n + 1, never);
    for (int i = shelf; i <= n; i++) {
      for (int j = shelf - 1; j < i; j++) {
        next[i] = std::min(next[i], best[j] + (upTo[i] - upTo[j]) * (upTo[i] - upTo[j]));
      }
    }
    best = next;
  }
  std::cout << best[n] << '\n';
}
