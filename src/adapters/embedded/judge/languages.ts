import { KNOWN_LANGUAGES, type KnownLanguage } from '../../known-languages';
import type { Family } from './sandbox-protocol';

/** How one language is found, compiled and run. Paths are those a program sees in its box. */
export interface LanguageRecipe extends KnownLanguage {
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
    ...KNOWN_LANGUAGES.c,
    commands: ['/usr/bin/gcc', '/usr/bin/clang', 'gcc', 'clang', 'cc'],
    ask: ['-dumpfullversion', '-dumpversion'],
    compile: (command, source) => [command, '-std=c17', '-O2', '-o', PRODUCT, source, '-lm'],
    run: (_, program) => [program],
    family: 'native',
  },
  {
    ...KNOWN_LANGUAGES.cpp,
    commands: ['/usr/bin/g++', '/usr/bin/clang++', 'g++', 'clang++', 'c++'],
    ask: ['-dumpfullversion', '-dumpversion'],
    compile: (command, source) => [command, '-std=c++17', '-O2', '-pthread', '-o', PRODUCT, source],
    run: (_, program) => [program],
    family: 'native',
  },
  {
    ...KNOWN_LANGUAGES.python,
    commands: ['/usr/bin/python3', '/usr/local/bin/python3', 'python3', 'python'],
    ask: ['-I', '-c', 'import sys; print(sys.executable); print(".".join(map(str, sys.version_info[:3])))'],
    run: (command, program) => [command, '-I', '-B', program],
    family: 'python',
  },
  {
    ...KNOWN_LANGUAGES.javascript,
    commands: ['/usr/bin/node', '/usr/local/bin/node', process.execPath, 'node'],
    ask: ['-p', 'process.execPath + "\\n" + process.versions.node'],
    run: (command, program) => [command, program],
    family: 'javascript',
  },
];
