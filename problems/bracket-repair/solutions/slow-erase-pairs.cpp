// Erases the leftmost "()" again and again, searching from the beginning each time.
#include <iostream>
#include <string>

int main() {
  std::string s;
  std::cin >> s;
  for (size_t at; (at = s.find("()")) != std::string::npos;) s.erase(at, 2);
  std::cout << s.size() << '\n';
}
