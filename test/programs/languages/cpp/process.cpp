#include <cstdlib>
#include <iostream>

int main() { std::cout << (std::system("true") == 0 ? "PWNED" : "SAFE") << "\n"; }
