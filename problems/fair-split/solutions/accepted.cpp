#include <bitset>
#include <cstdlib>
#include <iostream>

int main() {
  int n, total = 0;
  std::cin >> n;
  static std::bitset<400001> reachable;
  reachable[0] = true;
  while (n--) {
    int value;
    std::cin >> value;
    reachable |= reachable << value;
    total += value;
  }
  int share = total / 2;
  while (!reachable[share]) share--;
  std::cout << total - 2 * share << '\n';
}
