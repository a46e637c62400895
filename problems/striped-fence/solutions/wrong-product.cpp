// Takes the product of the steps for their least common multiple.
#include <iostream>

int main() {
  int q;
  std::cin >> q;
  while (q--) {
    long long l, r, a, b;
    std::cin >> l >> r >> a >> b;
    const auto upTo = [&](long long x) { return x / a + x / b - x / (a * b); };
    std::cout << upTo(r) - upTo(l - 1) << '\n';
  }
}
