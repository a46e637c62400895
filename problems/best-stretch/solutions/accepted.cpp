#include <algorithm>
#include <iostream>
#include <string>
#include <vector>

struct Part {
  int sum, head, tail, best;
};

const Part NOTHING = {0, -1000000000, -1000000000, -1000000000};

Part joined(const Part& a, const Part& b) {
  return {a.sum + b.sum, std::max(a.head, a.sum + b.head), std::max(b.tail, b.sum + a.tail),
          std::max({a.best, b.best, a.tail + b.head})};
}

int main() {
  std::ios::sync_with_stdio(false);
  std::cin.tie(nullptr);
  int n, q;
  std::string path;
  std::cin >> n >> q >> path;
  std::vector<Part> tree(2 * n, NOTHING);
  const auto place = [&](int i) {
    const int worth = path[i] == '+' ? 1 : -1;
    tree[n + i] = {worth, worth, worth, worth};
  };
  for (int i = 0; i < n; i++) place(i);
  for (int i = n - 1; i > 0; i--) tree[i] = joined(tree[2 * i], tree[2 * i + 1]);
  while (q--) {
    int kind, x, y;
    std::cin >> kind >> x;
    if (kind == 1) {
      path[x - 1] = path[x - 1] == '+' ? '-' : '+';
      place(x - 1);
      for (int node = (n + x - 1) / 2; node > 0; node /= 2) tree[node] = joined(tree[2 * node], tree[2 * node + 1]);
      continue;
    }
    std::cin >> y;
    Part left = NOTHING, right = NOTHING;
    for (int from = n + x - 1, to = n + y; from < to; from /= 2, to /= 2) {
      if (from % 2 == 1) left = joined(left, tree[from++]);
      if (to % 2 == 1) right = joined(tree[--to], right);
    }
    std::cout << joined(left, right).best << '\n';
  }
}
