#include <iostream>
#include <string>

int main() {
    long long pages;
    std::cin >> pages;
    std::string word;
    for (long long page = 1; page <= pages && word != "here"; page++) {
        std::cout << page << std::endl;
        std::cin >> word;
    }
}
