import { z } from 'zod';
import { CheckerProgramShape } from '../contract/checker-program';
import { CheckerShape, DifficultyShape, LimitsShape, TagsShape, TitleShape } from '../contract/shapes';
import type { LanguageId } from '../contract/terms';

/*
 * The plain format of a problem: one folder, one kind of thing per file.
 *
 *   <slug>/problem.json      title, difficulty, tags, limits, checker
 *   <slug>/statement.md      Markdown with $math$
 *   <slug>/samples/1.in      shown to everybody, with 1.ans and perhaps a note, 1.md
 *   <slug>/secret/01.in      never shown, with 01.ans
 *   <slug>/checker/check.cpp a checker of its own, if problem.json names one, beside what it includes, such as testlib.h
 *   <slug>/solutions/…       accepted.cpp, wrong-greedy.py, slow-all-pairs.cpp: the name says what they must get
 *
 * Whatever else lies in the folder, such as a generator of tests, is its author's.
 *
 * A checker of kind `custom` looks at what a program printed. By its convention it is called, and heard, so:
 *
 *   kattis     check input answer feedback_dir/ [args] < output    exits with 42 for right, 43 for wrong
 *   testlib    check input output answer [args]                    exits with 0 for right, 1, 2, 4 or 8 for wrong
 *
 * One of kind `interactive` talks with the program: what either prints, the other reads. It is called as a
 * custom one, but there is no output to look at: testlib's gets the path of a file it may write instead,
 * which nobody reads. It must take the end of its input for a wrong answer. On a player's own input it gets
 * an empty answer; a custom one is not asked then.
 *
 * Whatever else a checker exits with, and one that does not compile, crashes or takes too long, is a judge
 * error and nobody's verdict. It sees those files and nothing else, and may use 10 s of CPU time and 1 GiB;
 * an interactive one as much time as a program's wall clock leaves beside twice its CPU time. What it prints
 * for people is shown to nobody but in the reason of a judge error.
 */

/** The contents of problem.json. */
export const problemJson = z.strictObject({
  title: TitleShape,
  difficulty: DifficultyShape,
  tags: TagsShape,
  limits: LimitsShape,
  checker: z.discriminatedUnion('kind', [
    CheckerShape,
    CheckerProgramShape.pick({ kind: true, convention: true, args: true }).extend({
      /** Its source, in the folder `checker`. */
      file: z.string(),
    }),
  ]),
});
export type ProblemJson = z.infer<typeof problemJson>;

/** What a solution must get, by the first word of its name. */
export const EXPECTED = { accepted: 'AC', wrong: 'WA', slow: 'TLE' } as const;

/** The language of a solution, by its extension. */
export const LANGUAGE_OF: Readonly<Record<string, LanguageId>> = {
  c: 'c',
  cpp: 'cpp',
  py: 'python',
  js: 'javascript',
  ts: 'typescript',
  java: 'java',
  kt: 'kotlin',
  go: 'go',
  rs: 'rust',
  cs: 'csharp',
  rb: 'ruby',
  php: 'php',
  pas: 'pascal',
  hs: 'haskell',
};

/** Bounds on a folder: bytes of single files, and how many tests and solutions there may be. */
export const BOUNDS = {
  problemJson: 16_384,
  statement: 131_072,
  note: 16_384,
  checker: 524_288,
  checkerFiles: 8,
  sample: 65_536,
  secret: 16_777_216,
  allTests: 134_217_728,
  samples: 20,
  secrets: 500,
  solutions: 50,
} as const;
