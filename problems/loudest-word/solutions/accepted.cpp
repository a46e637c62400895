#include <iostream>
#include <map>
#include <string>

int main() {
  std::ios::sync_with_stdio(false);
  std::cin.tie(nullptr);
  int n;
  std::cin >> n;
  std::map<std::string, int> times;
  for (std::string word; std::cin >> word;) times[word]++;
  auto loudest = times.begin();
  for (auto it = times.begin(); it != times.end(); ++it) {
    if (it->second > loudest->second) loudest = it;
  }
  std::cout << loudest->first << ' ' << loudest->second << '\n';
}
