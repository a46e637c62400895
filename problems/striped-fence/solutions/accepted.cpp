#include <iostream>
#include <numeric>

int main() {
  int q;
  std::cin >> q;
  while (q--) {
    long long l, r, a, b;
    std::cin >> l >> r >> a >> b;
    const long long both = a / std::gcd(a, b) * b;
    const auto upTo = [&](long long x) { return x / a + x / b - x / both; };
    std::cout << upTo(r) - upTo(l - 1) << '\n';
  }
}
