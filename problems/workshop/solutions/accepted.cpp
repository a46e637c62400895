#include <algorithm>
#include <iostream>
#include <queue>
#include <vector>

// The lost pay and the bought machines form a cut between source -> orders -> machines -> sink.
struct Arc {
  int to;
  long long room;
};

std::vector<Arc> arcs;
std::vector<std::vector<int>> leaving;
std::vector<int> depth;
std::vector<size_t> tried;

void connect(int from, int to, long long room) {
  leaving[from].push_back(arcs.size());
  arcs.push_back({to, room});
  leaving[to].push_back(arcs.size());
  arcs.push_back({from, 0});
}

long long push(int node, int sink, long long flow) {
  if (node == sink) return flow;
  long long sent = 0;
  for (size_t& i = tried[node]; i < leaving[node].size(); i++) {
    const int arc = leaving[node][i];
    if (arcs[arc].room == 0 || depth[arcs[arc].to] != depth[node] + 1) continue;
    const long long part = push(arcs[arc].to, sink, std::min(flow - sent, arcs[arc].room));
    arcs[arc].room -= part;
    arcs[arc ^ 1].room += part;
    sent += part;
    if (sent == flow) return sent;
  }
  return sent;
}

int main() {
  const long long endless = 1LL << 60;
  int p, m;
  std::cin >> p >> m;
  const int source = 0, sink = p + m + 1;
  leaving.resize(sink + 1);
  for (int j = 1; j <= m; j++) {
    long long cost;
    std::cin >> cost;
    connect(p + j, sink, cost);
  }
  long long profit = 0;
  for (int i = 1; i <= p; i++) {
    long long pay;
    int k;
    std::cin >> pay >> k;
    profit += pay;
    connect(source, i, pay);
    while (k--) {
      int machine;
      std::cin >> machine;
      connect(i, p + machine, endless);
    }
  }
  for (;;) {
    depth.assign(sink + 1, -1);
    tried.assign(sink + 1, 0);
    depth[source] = 0;
    std::queue<int> queue;
    queue.push(source);
    while (!queue.empty()) {
      const int node = queue.front();
      queue.pop();
      for (int arc : leaving[node]) {
        if (arcs[arc].room == 0 || depth[arcs[arc].to] >= 0) continue;
        depth[arcs[arc].to] = depth[node] + 1;
        queue.push(arcs[arc].to);
      }
    }
    if (depth[sink] < 0) break;
    profit -= push(source, sink, endless);
  }
  std::cout << profit << '\n';
}
