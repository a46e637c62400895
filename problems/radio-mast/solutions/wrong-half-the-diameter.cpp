// Takes half the distance of the two farms farthest from each other.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <vector>

int main() {
  int n;
  if (std::scanf("%d", &n) != 1) return 1;
  std::vector<double> x(n), y(n);
  double farthest = 0;
  for (int i = 0; i < n; i++) {
    if (std::scanf("%lf %lf", &x[i], &y[i]) != 2) return 1;
    for (int j = 0; j < i; j++) {
      farthest = std::max(farthest, (x[i] - x[j]) * (x[i] - x[j]) + (y[i] - y[j]) * (y[i] - y[j]));
    }
  }
  std::printf("%.9f\n", std::sqrt(farthest) / 2);
}
