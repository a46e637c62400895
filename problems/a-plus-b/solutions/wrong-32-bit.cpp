// Adds in 32 bits.
#include <cstdint>
#include <iostream>

int main() {
  long long a, b;
  std::cin >> a >> b;
  std::cout << static_cast<int32_t>(static_cast<uint32_t>(a) + static_cast<uint32_t>(b)) << '\n';
}
