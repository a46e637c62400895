#include <atomic>
#include <iostream>
#include <thread>
#include <vector>

int main() {
    std::atomic<long> sum = 0;
    {
        std::vector<std::jthread> threads;
        for (int t = 0; t < 4; t++)
            threads.emplace_back([&sum] {
                for (int i = 1; i <= 1000; i++) sum += i;
            });
    }
    std::cout << sum << "\n";
}
