// Tries the ticket on every road, finding the cheapest way anew each time.
#include <algorithm>
#include <iostream>
#include <queue>
#include <vector>

struct Road {
  int town, number;
};

int main() {
  std::ios::sync_with_stdio(false);
  std::cin.tie(nullptr);
  int n, m;
  std::cin >> n >> m;
  std::vector<std::vector<Road>> roads(n);
  std::vector<int> toll(m);
  for (int i = 0; i < m; i++) {
    int u, v;
    std::cin >> u >> v >> toll[i];
    roads[--u].push_back({--v, i});
    roads[v].push_back({u, i});
  }
  const long long far = 1LL << 60;
  long long best = far;
  for (int free = 0; free < m; free++) {
    std::vector<long long> paid(n, far);
    using Entry = std::pair<long long, int>;
    std::priority_queue<Entry, std::vector<Entry>, std::greater<Entry>> queue;
    paid[0] = 0;
    queue.push({0, 0});
    while (!queue.empty()) {
      const auto [cost, town] = queue.top();
      queue.pop();
      if (cost > paid[town]) continue;
      for (const auto& road : roads[town]) {
        const long long next = cost + (road.number == free ? 0 : toll[road.number]);
        if (next >= paid[road.town]) continue;
        paid[road.town] = next;
        queue.push({next, road.town});
      }
    }
    best = std::min(best, paid[n - 1]);
  }
  std::cout << (best == far ? -1 : best) << '\n';
}
