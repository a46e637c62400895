#include <iostream>
#include <thread>
#include <vector>

int main() {
    std::vector<long> sums(4);
    std::vector<std::thread> threads;
    for (auto &sum : sums)
        threads.emplace_back([&sum] {
            for (int i = 1; i <= 1000; i++) sum += i;
        });
    for (auto &thread : threads) thread.join();
    std::cout << sums[0] + sums[1] + sums[2] + sums[3] << "\n";
}
