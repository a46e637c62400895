#include <algorithm>
#include <iostream>
#include <ranges>
#include <vector>

int main() {
    std::ios::sync_with_stdio(false);
    int n;
    std::cin >> n;
    std::vector<long long> numbers(n);
    for (auto &number : numbers) std::cin >> number;
    std::ranges::sort(numbers);
    long long sum = 0;
    for (int i : std::views::iota(0, n)) sum = (sum + (i + 1) * numbers[i]) % 1000003;
    std::cout << sum << "\n";
}
