// The answer is the largest one among all triples of farms.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <vector>

int main() {
  int n;
  if (std::scanf("%d", &n) != 1) return 1;
  std::vector<double> x(n), y(n);
  for (int i = 0; i < n; i++) {
    if (std::scanf("%lf %lf", &x[i], &y[i]) != 2) return 1;
  }
  const auto squared = [&](int i, int j) { return (x[i] - x[j]) * (x[i] - x[j]) + (y[i] - y[j]) * (y[i] - y[j]); };
  double best = 0;
  for (int i = 0; i < n; i++) {
    for (int j = 0; j < i; j++) {
      best = std::max(best, squared(i, j) / 4);
      for (int k = 0; k < j; k++) {
        double sides[] = {squared(i, j), squared(j, k), squared(k, i)};
        std::sort(sides, sides + 3);
        if (sides[2] >= sides[0] + sides[1]) continue;
        const double area = (x[j] - x[i]) * (y[k] - y[i]) - (y[j] - y[i]) * (x[k] - x[i]);
        best = std::max(best, sides[0] / area * sides[1] / area * sides[2] / 4);
      }
    }
  }
  std::printf("%.9f\n", std::sqrt(best));
}
