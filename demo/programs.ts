/** The problems of the demo, as labels A, B, C. */
export const PROBLEMS = ['a-plus-b', 'bracket-repair', 'loudest-word'] as const;

export interface Program {
  readonly problem: 'A' | 'B' | 'C';
  readonly language: 'cpp' | 'python';
  readonly source: string;
  /** What the judge must say of it. */
  readonly deserves: 'AC' | 'WA' | 'TLE' | 'CE';
}

const SUM_IN_CPP = `#include <iostream>
int main() {
  long long a, b;
  std::cin >> a >> b;
  std::cout << a + b << "\\n";
}
`;
const REPAIR = `opened = inserted = 0
for c in input().strip():
    if c == "(":
        opened += 1
    elif opened > 0:
        opened -= 1
    else:
        inserted += 1
print(inserted + opened)
`;
const REPAIR_IN_CPP = `#include <iostream>
#include <string>
int main() {
  std::string s;
  std::cin >> s;
  int opened = 0, inserted = 0;
  for (char c : s) c == '(' ? ++opened : opened > 0 ? --opened : ++inserted;
  std::cout << inserted + opened << "\\n";
}
`;

export const PROGRAMS = {
  difference: {
    problem: 'A',
    language: 'python',
    source: 'a, b = map(int, input().split())\nprint(a - b)\n',
    deserves: 'WA',
  },
  withoutSemicolon: { problem: 'A', language: 'cpp', source: SUM_IN_CPP.replace('b;', 'b'), deserves: 'CE' },
  sumInCpp: { problem: 'A', language: 'cpp', source: SUM_IN_CPP, deserves: 'AC' },
  sum: {
    problem: 'A',
    language: 'python',
    source: 'a, b = map(int, input().split())\nprint(a + b)\n',
    deserves: 'AC',
  },
  repair: { problem: 'B', language: 'python', source: REPAIR, deserves: 'AC' },
  repairInCpp: { problem: 'B', language: 'cpp', source: REPAIR_IN_CPP, deserves: 'AC' },
  /** Uses up its time, so that its verdict comes after the end when it was sent just before. */
  endless: { problem: 'C', language: 'python', source: 'while True:\n    pass\n', deserves: 'TLE' },
} as const satisfies Record<string, Program>;
