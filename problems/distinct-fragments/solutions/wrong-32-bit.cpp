// Counts in 32 bits.
#include <array>
#include <iostream>
#include <string>
#include <vector>

// A suffix automaton; every state stands for as many fragments as it is longer than its link.
struct State {
  int length = 0, link = -1;
  std::array<int, 26> next;
  State() { next.fill(-1); }
};

int main() {
  std::string s;
  std::cin >> s;
  std::vector<State> states(1);
  states.reserve(2 * s.size());
  int last = 0;
  int fragments = 0;
  for (char letter : s) {
    const int c = letter - 'a';
    const int whole = states.size();
    states.emplace_back();
    states[whole].length = states[last].length + 1;
    int at = last;
    for (; at != -1 && states[at].next[c] == -1; at = states[at].link) states[at].next[c] = whole;
    if (at == -1) {
      states[whole].link = 0;
    } else {
      const int q = states[at].next[c];
      if (states[q].length == states[at].length + 1) {
        states[whole].link = q;
      } else {
        const int copy = states.size();
        states.push_back(states[q]);
        states[copy].length = states[at].length + 1;
        for (; at != -1 && states[at].next[c] == q; at = states[at].link) states[at].next[c] = copy;
        states[q].link = states[whole].link = copy;
      }
    }
    last = whole;
    fragments += states[whole].length - states[states[whole].link].length;
  }
  std::cout << fragments << '\n';
}
