#include <iostream>
#include <string>

int main() {
  std::string s;
  std::cin >> s;
  int open = 0, inserted = 0;
  for (char c : s) {
    if (c == '(') {
      open++;
    } else if (open > 0) {
      open--;
    } else {
      inserted++;
    }
  }
  std::cout << inserted + open << '\n';
}
