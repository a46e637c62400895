// Tries to accept and to decline every order.
#include <algorithm>
#include <iostream>
#include <vector>

int p, m;
std::vector<long long> costs, pays;
std::vector<std::vector<int>> needs;
std::vector<int> users;

long long best(int order) {
  if (order == p) return 0;
  const long long declined = best(order + 1);
  long long accepted = pays[order];
  for (int machine : needs[order]) {
    if (users[machine]++ == 0) accepted -= costs[machine];
  }
  accepted += best(order + 1);
  for (int machine : needs[order]) users[machine]--;
  return std::max(declined, accepted);
}

int main() {
  std::cin >> p >> m;
  costs.resize(m);
  users.resize(m);
  for (auto& cost : costs) std::cin >> cost;
  pays.resize(p);
  needs.resize(p);
  for (int i = 0; i < p; i++) {
    int k;
    std::cin >> pays[i] >> k;
    needs[i].resize(k);
    for (int& machine : needs[i]) {
      std::cin >> machine;
      machine--;
    }
  }
  std::cout << best(0) << '\n';
}
