#include <iostream>
#include <queue>
#include <vector>

int main() {
  std::ios::sync_with_stdio(false);
  std::cin.tie(nullptr);
  int n, m;
  std::cin >> n >> m;
  std::vector<std::vector<std::pair<int, long long>>> roads(n);
  while (m--) {
    int u, v, toll;
    std::cin >> u >> v >> toll;
    roads[--u].push_back({--v, toll});
    roads[v].push_back({u, toll});
  }

  // State 2 * town + used: whether the ticket has been used.
  const long long far = 1LL << 60;
  std::vector<long long> paid(2 * n, far);
  using Entry = std::pair<long long, int>;
  std::priority_queue<Entry, std::vector<Entry>, std::greater<Entry>> queue;
  const auto reach = [&](int state, long long cost) {
    if (cost >= paid[state]) return;
    paid[state] = cost;
    queue.push({cost, state});
  };
  reach(0, 0);
  while (!queue.empty()) {
    const auto [cost, state] = queue.top();
    queue.pop();
    if (cost > paid[state]) continue;
    for (const auto& [town, toll] : roads[state / 2]) {
      reach(2 * town + state % 2, cost + toll);
      if (state % 2 == 0) reach(2 * town + 1, cost);
    }
  }
  const long long best = paid[2 * n - 1];
  std::cout << (best == far ? -1 : best) << '\n';
}
