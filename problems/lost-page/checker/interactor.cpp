// Plays the friend: interactor input answer feedback_dir, in talk with the program on stdin and stdout.
#include <fstream>
#include <iostream>

enum { RIGHT = 42, WRONG = 43 };
const int PATIENCE = 30;

int main(int, char **argv) {
    std::ifstream test(argv[1]);
    long long pages, letter, page;
    // an input of a player's own may be anything
    if (!(test >> pages >> letter) || letter < 1 || letter > pages) return WRONG;
    std::cout << pages << std::endl;
    for (int opened = 0; opened < PATIENCE; opened++) {
        if (!(std::cin >> page) || page < 1 || page > pages) return WRONG;
        std::cout << (letter < page ? "earlier" : letter > page ? "later" : "here") << std::endl;
        if (page == letter) return RIGHT;
    }
    return WRONG;
}
