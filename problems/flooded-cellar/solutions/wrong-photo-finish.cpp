// Enters cells at the very minute the water does.
#include <iostream>
#include <string>
#include <vector>

int main() {
  std::ios::sync_with_stdio(false);
  std::cin.tie(nullptr);
  int r, c;
  std::cin >> r >> c;
  const int width = c + 2;
  std::string grid(width, '#');
  for (int y = 0; y < r; y++) {
    std::string row;
    std::cin >> row;
    grid += '#' + row + '#';
  }
  grid += std::string(width, '#');

  const int never = 1 << 29;
  const auto spread = [&](char source, const std::vector<int>& deadline) {
    std::vector<int> time(grid.size(), never), reached;
    for (size_t cell = 0; cell < grid.size(); cell++) {
      if (grid[cell] == source) {
        time[cell] = 0;
        reached.push_back(cell);
      }
    }
    for (size_t i = 0; i < reached.size(); i++) {
      const int cell = reached[i];
      for (int next : {cell - 1, cell + 1, cell - width, cell + width}) {
        if (grid[next] == '#' || time[next] != never || time[cell] + 1 > deadline[next]) continue;
        time[next] = time[cell] + 1;
        reached.push_back(next);
      }
    }
    return time;
  };

  const auto water = spread('W', std::vector<int>(grid.size(), never));
  const int minutes = spread('S', water)[grid.find('E')];
  if (minutes == never) {
    std::cout << "TRAPPED\n";
  } else {
    std::cout << minutes << '\n';
  }
}
