// Looks at every post of the stretch.
#include <iostream>

int main() {
  int q;
  std::cin >> q;
  while (q--) {
    long long l, r, a, b, painted = 0;
    std::cin >> l >> r >> a >> b;
    for (long long post = l; post <= r; post++) painted += post % a == 0 || post % b == 0;
    std::cout << painted << '\n';
  }
}
