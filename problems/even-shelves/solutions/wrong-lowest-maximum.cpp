// Makes the fullest shelf as light as possible, which is not the same as a small sum of squares.
#include <algorithm>
#include <iostream>
#include <vector>

int main() {
  int n, k;
  std::cin >> n >> k;
  std::vector<long long> books(n);
  long long high = 0;
  for (auto& book : books) {
    std::cin >> book;
    high += book;
  }
  const auto fill = [&](long long most, long long& strain) {
    int shelves = 1;
    long long load = 0;
    strain = 0;
    for (int i = 0; i < n; i++) {
      if (load > 0 && (load + books[i] > most || n - i <= k - shelves)) {
        strain += load * load;
        load = 0;
        shelves++;
      }
      load += books[i];
    }
    strain += load * load;
    return shelves;
  };
  long long low = *std::max_element(books.begin(), books.end()), strain;
  while (low < high) {
    const long long middle = (low + high) / 2;
    if (fill(middle, strain) <= k) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  fill(low, strain);
  std::cout << strain << '\n';
}
