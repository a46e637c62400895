#include <iostream>

int main() {
    long long n, k;
    std::cin >> n >> k;
    if (k > n * (n - 1) / 2) {
        std::cout << "-1\n";
        return 0;
    }
    // the tallest ones first, while each clashes with all that are left; then one more for what is missing
    long long tallest = n;
    while (k > 0 && k >= tallest - 1) {
        std::cout << tallest << ' ';
        k -= tallest - 1;
        tallest--;
    }
    if (k > 0) std::cout << k + 1 << ' ';
    for (long long child = 1; child <= tallest; child++)
        if (k == 0 || child != k + 1) std::cout << child << (child < tallest ? ' ' : '\n');
}
