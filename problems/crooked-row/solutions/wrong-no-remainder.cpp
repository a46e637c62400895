#include <iostream>

int main() {
    long long n, k;
    std::cin >> n >> k;
    if (k > n * (n - 1) / 2) {
        std::cout << "-1\n";
        return 0;
    }
    long long tallest = n;
    for (; k > 0 && k >= tallest - 1; tallest--) {
        std::cout << tallest << ' ';
        k -= tallest - 1;
    }
    for (long long child = 1; child <= tallest; child++) std::cout << child << ' ';
}
