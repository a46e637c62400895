// Goes through the whole grid for every minute that passes.
#include <iostream>
#include <string>
#include <vector>

int main() {
  int r, c;
  std::cin >> r >> c;
  std::vector<std::string> wet(r + 2, std::string(c + 2, '#'));
  for (int y = 1; y <= r; y++) {
    std::string row;
    std::cin >> row;
    wet[y] = '#' + row + '#';
  }
  for (int minute = 0;; minute++) {
    auto next = wet;
    bool moved = false;
    for (int y = 1; y <= r; y++) {
      for (int x = 1; x <= c; x++) {
        const auto near = [&](char mark) {
          return wet[y - 1][x] == mark || wet[y + 1][x] == mark || wet[y][x - 1] == mark || wet[y][x + 1] == mark;
        };
        if (wet[y][x] == '#' || wet[y][x] == 'W') continue;
        if (near('W')) {
          next[y][x] = 'W';
          moved = true;
        } else if (wet[y][x] != 'S' && near('S')) {
          if (wet[y][x] == 'E') {
            std::cout << minute + 1 << '\n';
            return 0;
          }
          next[y][x] = 'S';
          moved = true;
        }
      }
    }
    if (!moved) break;
    wet = next;
  }
  std::cout << "TRAPPED\n";
}
