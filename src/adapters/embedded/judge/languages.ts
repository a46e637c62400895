import { dirname } from 'node:path';
import { KNOWN_LANGUAGES, type KnownLanguage } from '../../known-languages';
import { PYTHON_START } from './python-start';
import type { Family } from './sandbox-protocol';

/** Where a language's commands stand on this host. */
export interface Commands {
  /** Compiles a source or, where nothing is compiled, runs it. */
  readonly command: string;
  /** Runs what the compiler made; the command itself where the recipe names no other. */
  readonly runner: string;
}

/** How one language is found, compiled and run. Paths are those a program sees in its box. */
export interface LanguageRecipe extends KnownLanguage {
  /** Tried in this order: fixed places before the PATH, where shims live. */
  readonly commands: readonly string[];
  /** Makes the command print its real executable, where it knows it, and then its version. */
  readonly ask: readonly string[];
  /** The command is a script wherever it is packaged; any other script is a shim that no box can read. */
  readonly isScript?: true;
  readonly runners?: readonly string[];
  /** It asks the kernel where its own executable is, which is the runner. */
  readonly asksForItself?: true;
  /** What Debian calls it. */
  readonly packages: string;
  /** What it reads outside the paths that every box shows, as far as the host has it; `*` stands for a version. */
  readonly reads?: readonly string[];
  /** The name of the source; `main` and the extension unless given. */
  readonly file?: string;
  /** Absent: the source is what runs. It works in the scratch folder and must leave its program there as `product`. */
  readonly compile?: (commands: Commands, source: string) => string[];
  /** Its command can be started before there is a program, and waits for it as sandbox-warm.c says. */
  readonly waitsAtGate?: true;
  /** How often it may take the time that others have to compile. */
  readonly compileFactor?: number;
  readonly run: (commands: Commands, program: string, memoryMiB: number) => string[];
  readonly family: Exclude<Family, 'compiler'>;
}

const inShell = (script: string, ...words: readonly string[]): string[] => ['/bin/sh', '-c', script, 'sh', ...words];
/** For compilers that call a source without a beginning a success. */
const makingOne = (...words: readonly string[]): string[] =>
  inShell(
    '"$@" && { head -c 4 product 2>&1 | grep -q ELF || { echo "There is nothing in it to start." >&2; exit 1; }; }',
    ...words,
  );
const inEnvironment = (...words: readonly string[]): string[] => ['/usr/bin/env', ...words];
const itself = (_: Commands, program: string): string[] => [program];

/** Of the memory, what a runtime needs for itself; the rest is for its heap, which it then keeps clean in time. */
const heapMiB = (memoryMiB: number, ownMiB: number): number => Math.max(16, Math.floor(memoryMiB) - ownMiB);

const cpp = (standard: string): Omit<LanguageRecipe, keyof KnownLanguage> => ({
  commands: ['/usr/bin/g++', '/usr/bin/clang++', 'g++', 'clang++', 'c++'],
  ask: ['-dumpfullversion', '-dumpversion'],
  packages: 'g++',
  compile: ({ command }, source) => [command, `-std=${standard}`, '-O2', '-pthread', '-o', 'product', source],
  run: itself,
  family: 'native',
});

const NODE = ['/usr/bin/node', '/usr/local/bin/node', process.execPath, 'node'];
/** What Debian's own takes out of its executable, from 13 on. */
const NODE_READS = ['acorn', 'acorn-walk', 'cjs-module-lexer', 'minimatch', 'undici'].map(
  (name) => `/usr/share/nodejs/${name}`,
);
/** A stack as deep as that of other languages. */
const runNode = ({ runner }: Commands, program: string): string[] => [runner, '--stack-size=65500', program];

const JAVA = ['/usr/bin/java', '/usr/local/bin/java', 'java'];
const JAVA_READS = ['/etc/java-*-openjdk'];
/** Neither a garbage collector on every processor nor a file of statistics. A thread's stack is reserved, not used. */
const runJava = ({ runner }: Commands, memoryMiB: number): string[] => [
  runner,
  `-Xmx${heapMiB(memoryMiB, 64)}m`,
  ...['-Xss64m', '-XX:+UseSerialGC', '-XX:-UsePerfData'],
];

/** All but the words people see, which are in KNOWN_LANGUAGES. */
const RECIPES: Readonly<Record<keyof typeof KNOWN_LANGUAGES, Omit<LanguageRecipe, keyof KnownLanguage>>> = {
  c: {
    commands: ['/usr/bin/gcc', '/usr/bin/clang', 'gcc', 'clang', 'cc'],
    ask: ['-dumpfullversion', '-dumpversion'],
    packages: 'gcc libc6-dev',
    compile: ({ command }, source) => [command, '-std=c17', '-O2', '-o', 'product', source, '-lm'],
    run: itself,
    family: 'native',
  },
  cpp: cpp('c++17'),
  cpp20: cpp('c++20'),
  python: {
    commands: ['/usr/bin/python3', '/usr/local/bin/python3', 'python3', 'python'],
    ask: ['-I', '-c', 'import sys; print(sys.executable); print(".".join(map(str, sys.version_info[:3])))'],
    packages: 'python3',
    run: ({ runner }, program) => [runner, '-I', '-S', '-B', '-c', PYTHON_START, program],
    waitsAtGate: true,
    family: 'script',
  },
  javascript: {
    commands: NODE,
    ask: ['-p', 'process.execPath + "\\n" + process.versions.node'],
    packages: 'nodejs',
    reads: NODE_READS,
    run: runNode,
    family: 'javascript',
  },
  typescript: {
    commands: ['/usr/bin/tsc', '/usr/local/bin/tsc', 'tsc'],
    ask: ['--version'],
    isScript: true,
    runners: NODE,
    packages: 'node-typescript',
    reads: ['/usr/share/nodejs/typescript', ...NODE_READS],
    compile: ({ command }, source) =>
      inShell(
        '"$1" --target es2022 --module commonjs --moduleDetection force --outDir . "$2" && mv main.js product',
        command,
        source,
      ),
    compileFactor: 2,
    run: runNode,
    family: 'javascript',
  },
  java: {
    commands: ['/usr/bin/javac', '/usr/local/bin/javac', 'javac'],
    ask: ['--version'],
    runners: JAVA,
    asksForItself: true,
    packages: 'default-jdk-headless',
    reads: JAVA_READS,
    file: 'Main.java',
    compile: ({ command }, source) =>
      inShell(
        '"$1" -J-XX:+UseSerialGC -encoding UTF-8 -proc:none -d classes "$2" || exit; ' +
          '[ -f classes/Main.class ] || { echo "There is no class Main outside of packages." >&2; exit 1; }; ' +
          '"$(dirname "$(readlink -f "$1")")/jar" -J-XX:+UseSerialGC -c -f product -C classes .',
        command,
        source,
      ),
    compileFactor: 2,
    run: (commands, program, memoryMiB) => [...runJava(commands, memoryMiB), '-cp', program, 'Main'],
    family: 'managed',
  },
  kotlin: {
    commands: ['/usr/bin/kotlinc', '/usr/local/bin/kotlinc', 'kotlinc'],
    ask: ['-version'],
    isScript: true,
    runners: JAVA,
    asksForItself: true,
    packages: 'kotlin default-jdk-headless',
    reads: [...JAVA_READS, '/usr/share/kotlin', '/usr/share/java'],
    compile: ({ command }, source) =>
      inShell(
        'JAVA_OPTS="-Xmx512m -XX:+UseSerialGC -XX:-PrintWarnings" ' +
          '"$1" "$2" -include-runtime -d main.jar && mv main.jar product',
        command,
        source,
      ),
    compileFactor: 4,
    run: (commands, program, memoryMiB) => [...runJava(commands, memoryMiB), '-jar', program],
    family: 'managed',
  },
  go: {
    commands: ['/usr/bin/go', '/usr/local/go/bin/go', 'go'],
    ask: ['version'],
    packages: 'golang-go',
    reads: ['/usr/share/go-*', '/usr/local/go'],
    compile: ({ command, runner }, source) =>
      makingOne(
        // where it can, it starts another of itself to count its uses; and from Debian 13 on it must be told where it is
        ...['/usr/bin/env', 'XDG_CONFIG_HOME=nowhere', `GOROOT=${dirname(dirname(runner))}`],
        ...['GO111MODULE=off', 'CGO_ENABLED=0', command, 'build', '-o', 'product', source],
      ),
    compileFactor: 2,
    run: (_, program, memoryMiB) => inEnvironment(`GOMEMLIMIT=${heapMiB(memoryMiB, 16)}MiB`, program),
    family: 'native',
  },
  rust: {
    commands: ['/usr/bin/rustc', '/usr/local/bin/rustc', 'rustc'],
    ask: ['--version'],
    packages: 'rustc',
    asksForItself: true,
    compile: ({ command }, source) => [
      ...[command, '--edition', '2021', '--crate-type', 'bin', '-C', 'opt-level=2', '-C', 'strip=symbols'],
      ...['-o', 'product', source],
    ],
    compileFactor: 2,
    run: itself,
    family: 'native',
  },
  csharp: {
    commands: ['/usr/bin/mcs', '/usr/local/bin/mcs', 'mcs'],
    ask: ['--version'],
    isScript: true,
    runners: ['/usr/bin/mono', '/usr/local/bin/mono', 'mono'],
    asksForItself: true,
    packages: 'mono-mcs',
    reads: ['/etc/mono'],
    compile: ({ command }, source) => [command, '-optimize+', '-r:System.Numerics', '-out:product', source],
    run: ({ runner }, program) => [runner, program],
    family: 'managed',
  },
  ruby: {
    commands: ['/usr/bin/ruby', '/usr/local/bin/ruby', 'ruby'],
    ask: ['--version'],
    packages: 'ruby',
    run: ({ runner }, program) => inEnvironment('RUBY_THREAD_VM_STACK_SIZE=67108864', runner, program),
    family: 'managed',
  },
  php: {
    commands: ['/usr/bin/php', '/usr/local/bin/php', 'php'],
    ask: ['-n', '-r', 'echo PHP_VERSION;'],
    packages: 'php-cli',
    reads: ['/etc/php', '/usr/share/zoneinfo'],
    run: ({ runner }, program) => [runner, '-d', 'memory_limit=-1', '-d', 'display_errors=stderr', program],
    family: 'native',
  },
  pascal: {
    commands: ['/usr/bin/fpc', '/usr/local/bin/fpc', 'fpc'],
    ask: ['-iV'],
    packages: 'fp-compiler',
    reads: ['/etc/fpc*.cfg'],
    compile: ({ command }, source) =>
      makingOne(command, '-O2', '-l-', '-v0', '-vew', '-FU.', '-FE.', '-oproduct', source),
    run: itself,
    family: 'native',
  },
  haskell: {
    commands: ['/usr/bin/ghc', '/usr/local/bin/ghc', 'ghc'],
    ask: ['--numeric-version'],
    isScript: true,
    runners: ['/usr/lib/ghc/bin/ghc'],
    asksForItself: true,
    packages: 'ghc',
    reads: ['/var/lib/ghc'],
    compile: ({ command }, source) =>
      makingOne(command, '-O2', '-v0', '-rtsopts', '-outputdir', 'objects', '-o', 'product', source),
    compileFactor: 2,
    run: (_, program, memoryMiB) => [program, '+RTS', `-M${heapMiB(memoryMiB, 8)}m`, '-RTS'],
    family: 'native',
  },
};

export const LANGUAGES: readonly LanguageRecipe[] = Object.values(KNOWN_LANGUAGES).map((known) => ({
  ...known,
  ...RECIPES[known.id],
}));
