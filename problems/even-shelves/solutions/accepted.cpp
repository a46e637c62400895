#include <algorithm>
#include <iostream>
#include <vector>

// Every shelf is charged a fee; the higher the fee, the fewer shelves the cheapest arrangement has. The answer is the
// greatest value over all fees of (cost of the cheapest arrangement with the fee) - k * fee, a concave function.

struct Line {
  long long slope, height;
  int shelves;
};

struct Arrangement {
  long long cost;
  int shelves;
};

/** The cheapest arrangement with this fee, found with a lower hull of lines: one line for every beginning of a shelf. */
Arrangement cheapest(const std::vector<long long>& upTo, long long fee) {
  std::vector<Line> hull = {{0, 0, 0}};
  size_t first = 0;
  Arrangement whole{};
  for (const long long x : upTo) {
    const auto at = [&](const Line& line) { return line.slope * x + line.height; };
    while (first + 1 < hull.size() && at(hull[first + 1]) <= at(hull[first])) first++;
    whole = {at(hull[first]) + x * x + fee, hull[first].shelves + 1};
    const Line line{-2 * x, whole.cost + x * x, whole.shelves};
    while (hull.size() >= first + 2) {
      const Line &a = hull[hull.size() - 2], &b = hull.back();
      const __int128 left = static_cast<__int128>(b.height - a.height) * (b.slope - line.slope);
      const __int128 right = static_cast<__int128>(line.height - b.height) * (a.slope - b.slope);
      if (left < right) break;
      hull.pop_back();
    }
    hull.push_back(line);
  }
  return whole;
}

int main() {
  std::ios::sync_with_stdio(false);
  std::cin.tie(nullptr);
  int n, k;
  std::cin >> n >> k;
  std::vector<long long> upTo(n);
  long long total = 0;
  for (auto& x : upTo) {
    std::cin >> x;
    x = total += x;
  }
  long long low = 0, high = total * total;
  __int128 best = 0;
  while (low <= high) {
    const long long fee = (low + high) / 2;
    const Arrangement found = cheapest(upTo, fee);
    best = std::max(best, found.cost - static_cast<__int128>(fee) * k);
    if (found.shelves < k) {
      high = fee - 1;
    } else {
      low = fee + 1;
    }
  }
  std::cout << static_cast<long long>(best) << '\n';
}
