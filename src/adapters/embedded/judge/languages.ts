import type { LanguageId } from '../../../contract/terms';
import type { Family } from './sandbox-protocol';

/** How one language is found, compiled and run. Paths are those a program sees in its box. */
export interface LanguageRecipe {
  readonly id: LanguageId;
  readonly name: string;
  readonly extension: string;
  readonly template: string;
  /** Tried in this order: fixed places before the PATH, where shims live. */
  readonly commands: readonly string[];
  /** Makes the command print its real executable, where it knows it, and then its version. */
  readonly ask: readonly string[];
  /** Absent: the source is what runs. */
  readonly compile?: (command: string, source: string) => string[];
  readonly run: (command: string, program: string) => string[];
  readonly family: Exclude<Family, 'compiler'>;
}

/** Where a compile step must leave its program; see `keep_product` in sandbox.c. */
const PRODUCT = '/tmp/product';

export const LANGUAGES: readonly LanguageRecipe[] = [
  {
    id: 'c',
    name: 'C17',
    extension: 'c',
    template:
      '#include <stdio.h>\n\nint main(void) {\n  long long a, b;\n  scanf("%lld %lld", &a, &b);\n  printf("%lld\\n", a + b);\n}\n',
    commands: ['/usr/bin/gcc', '/usr/bin/clang', 'gcc', 'clang', 'cc'],
    ask: ['-dumpfullversion', '-dumpversion'],
    compile: (command, source) => [command, '-std=c17', '-O2', '-o', PRODUCT, source, '-lm'],
    run: (_, program) => [program],
    family: 'native',
  },
  {
    id: 'cpp',
    name: 'C++17',
    extension: 'cpp',
    template:
      '#include <iostream>\n\nint main() {\n  long long a, b;\n  std::cin >> a >> b;\n  std::cout << a + b << "\\n";\n}\n',
    commands: ['/usr/bin/g++', '/usr/bin/clang++', 'g++', 'clang++', 'c++'],
    ask: ['-dumpfullversion', '-dumpversion'],
    compile: (command, source) => [command, '-std=c++17', '-O2', '-pthread', '-o', PRODUCT, source],
    run: (_, program) => [program],
    family: 'native',
  },
  {
    id: 'python',
    name: 'Python 3',
    extension: 'py',
    template: 'a, b = map(int, input().split())\nprint(a + b)\n',
    commands: ['/usr/bin/python3', '/usr/local/bin/python3', 'python3', 'python'],
    ask: ['-I', '-c', 'import sys; print(sys.executable); print(".".join(map(str, sys.version_info[:3])))'],
    run: (command, program) => [command, '-I', '-B', program],
    family: 'python',
  },
  {
    id: 'javascript',
    name: 'JavaScript (Node.js)',
    extension: 'js',
    template: "const [a, b] = require('fs').readFileSync(0, 'utf8').split(/\\s+/).map(Number);\nconsole.log(a + b);\n",
    commands: ['/usr/bin/node', '/usr/local/bin/node', process.execPath, 'node'],
    ask: ['-p', 'process.execPath + "\\n" + process.versions.node'],
    run: (command, program) => [command, program],
    family: 'javascript',
  },
];
