#include <algorithm>
#include <cmath>
#include <complex>
#include <cstdio>
#include <random>
#include <vector>

using Real = long double;
using Point = std::complex<Real>;

struct Circle {
  Point centre;
  Real radius;
  bool holds(const Point& p) const { return std::abs(p - centre) <= radius * (1 + 1e-14L) + 1e-12L; }
};

Real cross(const Point& a, const Point& b) { return a.real() * b.imag() - a.imag() * b.real(); }

Circle around(const Point& a, const Point& b) { return {(a + b) / Real(2), std::abs(a - b) / 2}; }

Circle around(const Point& a, const Point& b, const Point& c) {
  const Point u = b - a, v = c - a;
  const Point offset = Point(0, 1) * (u * std::norm(v) - v * std::norm(u)) / (2 * cross(u, v));
  return {a + offset, std::abs(offset)};
}

int main() {
  int n;
  if (std::scanf("%d", &n) != 1) return 1;
  std::vector<Point> farms(n);
  for (auto& farm : farms) {
    int x, y;
    if (std::scanf("%d %d", &x, &y) != 2) return 1;
    farm = Point(x, y);
  }
  std::mt19937 random(20240229);
  std::shuffle(farms.begin(), farms.end(), random);

  Circle circle{farms[0], 0};
  for (int i = 1; i < n; i++) {
    if (circle.holds(farms[i])) continue;
    circle = {farms[i], 0};
    for (int j = 0; j < i; j++) {
      if (circle.holds(farms[j])) continue;
      circle = around(farms[i], farms[j]);
      for (int k = 0; k < j; k++) {
        if (!circle.holds(farms[k])) circle = around(farms[i], farms[j], farms[k]);
      }
    }
  }
  std::printf("%.9Lf\n", circle.radius);
}
