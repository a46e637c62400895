#include <iostream>
#include <string>

int main() {
    long long low = 1, high;
    std::cin >> high;
    for (std::string word; word != "here";) {
        long long page = (low + high) / 2;
        std::cout << page << std::endl;
        std::cin >> word;
        if (word == "earlier") high = page - 1;
        else low = page + 1;
    }
}
