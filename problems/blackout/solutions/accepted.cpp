#include <iostream>
#include <numeric>
#include <vector>

std::vector<int> leader;

int find(int x) {
  while (leader[x] != x) x = leader[x] = leader[leader[x]];
  return x;
}

int main() {
  std::ios::sync_with_stdio(false);
  std::cin.tie(nullptr);
  int n, m, q;
  std::cin >> n >> m >> q;
  leader.resize(n + 1);
  std::iota(leader.begin(), leader.end(), 0);
  std::vector<std::pair<int, int>> cables(m + 1);
  for (int i = 1; i <= m; i++) std::cin >> cables[i].first >> cables[i].second;
  std::vector<int> torn(q), nets(q);
  std::vector<bool> gone(m + 1);
  for (int& cable : torn) {
    std::cin >> cable;
    gone[cable] = true;
  }

  // From the end of the storm back to its beginning, cables only ever join nets.
  int count = n;
  const auto join = [&](int cable) {
    const int u = find(cables[cable].first), v = find(cables[cable].second);
    if (u == v) return;
    leader[u] = v;
    count--;
  };
  for (int i = 1; i <= m; i++) {
    if (!gone[i]) join(i);
  }
  for (int i = q - 1; i >= 0; i--) {
    nets[i] = count;
    join(torn[i]);
  }
  for (int answer : nets) std::cout << answer << '\n';
}
