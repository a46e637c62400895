#include <functional>
#include <iostream>

int main() {
    std::function<int(int)> deep = [&](int n) { return n == 0 ? 0 : deep(n - 1) + 1; };
    std::cout << deep(100000) << "\n";
}
