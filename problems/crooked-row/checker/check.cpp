// Counts the clashes of the row that was printed: check input answer feedback_dir < output
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

enum { RIGHT = 42, WRONG = 43, OUR_FAULT = 1 };

int main(int, char **argv) {
    std::ifstream test(argv[1]), answer(argv[2]);
    long long n, k, first, ours;
    if (!(test >> n >> k) || !(answer >> ours)) return OUR_FAULT;
    if (!(std::cin >> first)) return WRONG;

    std::string more;
    if (first == -1) return ours == -1 && !(std::cin >> more) ? RIGHT : WRONG;

    // how many of those seen are at most so tall: a Fenwick tree
    std::vector<int> seen(n + 1);
    std::vector<char> stands(n + 1);
    long long clashes = 0;
    for (long long place = 0, child = first; place < n; place++) {
        if (place > 0 && !(std::cin >> child)) return WRONG;
        if (child < 1 || child > n || stands[child]) return WRONG;
        stands[child] = 1;
        long long shorter = 0;
        for (long long i = child; i > 0; i -= i & -i) shorter += seen[i];
        clashes += place - shorter;
        for (long long i = child; i <= n; i += i & -i) seen[i]++;
    }
    if (clashes != k || std::cin >> more) return WRONG;
    return ours == -1 ? OUR_FAULT : RIGHT;
}
