import type { Language } from '../ports';

/** A language as people see it, whichever engine runs it; the engine adds its version. */
export type KnownLanguage = Omit<Language, 'version'>;

/** What an editor begins with: each template reads two integers and prints their sum. */
export const KNOWN_LANGUAGES = {
  c: {
    id: 'c',
    name: 'C17',
    extension: 'c',
    template:
      '#include <stdio.h>\n\nint main(void) {\n  long long a, b;\n  scanf("%lld %lld", &a, &b);\n  printf("%lld\\n", a + b);\n}\n',
  },
  cpp: {
    id: 'cpp',
    name: 'C++17',
    extension: 'cpp',
    template:
      '#include <iostream>\n\nint main() {\n  long long a, b;\n  std::cin >> a >> b;\n  std::cout << a + b << "\\n";\n}\n',
  },
  cpp20: {
    id: 'cpp20',
    name: 'C++20',
    extension: 'cpp',
    template:
      '#include <iostream>\n\nint main() {\n  long long a, b;\n  std::cin >> a >> b;\n  std::cout << a + b << "\\n";\n}\n',
  },
  python: {
    id: 'python',
    name: 'Python 3',
    extension: 'py',
    template: 'a, b = map(int, input().split())\nprint(a + b)\n',
  },
  javascript: {
    id: 'javascript',
    name: 'JavaScript (Node.js)',
    extension: 'js',
    template: "const [a, b] = require('fs').readFileSync(0, 'utf8').split(/\\s+/).map(Number);\nconsole.log(a + b);\n",
  },
  typescript: {
    id: 'typescript',
    name: 'TypeScript',
    extension: 'ts',
    template:
      "declare function require(name: string): any;\n\nconst text: string = require('fs').readFileSync(0, 'utf8');\nconst [a, b] = text.split(/\\s+/).map(Number);\nconsole.log(a + b);\n",
  },
  java: {
    id: 'java',
    name: 'Java',
    extension: 'java',
    template:
      'import java.util.Scanner;\n\npublic class Main {\n  public static void main(String[] args) {\n    Scanner in = new Scanner(System.in);\n    System.out.println(in.nextLong() + in.nextLong());\n  }\n}\n',
  },
  kotlin: {
    id: 'kotlin',
    name: 'Kotlin',
    extension: 'kt',
    template:
      'fun main() {\n    val (a, b) = readLine()!!.trim().split(" ").map { it.toLong() }\n    println(a + b)\n}\n',
  },
  go: {
    id: 'go',
    name: 'Go',
    extension: 'go',
    template:
      'package main\n\nimport "fmt"\n\nfunc main() {\n\tvar a, b int64\n\tfmt.Scan(&a, &b)\n\tfmt.Println(a + b)\n}\n',
  },
  rust: {
    id: 'rust',
    name: 'Rust',
    extension: 'rs',
    template:
      'use std::io::{self, Read};\n\nfn main() {\n    let mut text = String::new();\n    io::stdin().read_to_string(&mut text).unwrap();\n    let sum: i64 = text.split_whitespace().map(|word| word.parse::<i64>().unwrap()).sum();\n    println!("{}", sum);\n}\n',
  },
  csharp: {
    id: 'csharp',
    name: 'C#',
    extension: 'cs',
    template:
      "using System;\n\nclass Program {\n  static void Main() {\n    string[] words = Console.ReadLine().Split(' ');\n    Console.WriteLine(long.Parse(words[0]) + long.Parse(words[1]));\n  }\n}\n",
  },
  ruby: { id: 'ruby', name: 'Ruby', extension: 'rb', template: 'puts gets.split.map(&:to_i).sum\n' },
  php: {
    id: 'php',
    name: 'PHP',
    extension: 'php',
    template: '<?php\nfscanf(STDIN, "%d %d", $a, $b);\necho $a + $b, "\\n";\n',
  },
  pascal: {
    id: 'pascal',
    name: 'Pascal',
    extension: 'pas',
    template: 'var\n  a, b: int64;\nbegin\n  read(a, b);\n  writeln(a + b);\nend.\n',
  },
  haskell: {
    id: 'haskell',
    name: 'Haskell',
    extension: 'hs',
    template: 'main :: IO ()\nmain = getLine >>= print . sum . map (read :: String -> Integer) . words\n',
  },
} as const satisfies Readonly<Record<string, KnownLanguage>>;
