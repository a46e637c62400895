#include <algorithm>
#include <iostream>
#include <vector>

int main() {
    std::ios::sync_with_stdio(false);
    int n;
    std::cin >> n;
    std::vector<long long> numbers(n);
    for (auto &number : numbers) std::cin >> number;
    std::sort(numbers.begin(), numbers.end());
    long long sum = 0;
    for (int i = 0; i < n; i++) sum = (sum + (i + 1) * numbers[i]) % 1000003;
    std::cout << sum << "\n";
}
