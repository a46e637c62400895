import { z } from 'zod';
import { DifficultyShape, TagShape } from '../contract/shapes';
import type { LanguageId } from '../contract/terms';

/*
 * The plain format of a problem: one folder, one kind of thing per file.
 *
 *   <slug>/problem.json      title, difficulty, tags, limits, checker
 *   <slug>/statement.md      Markdown with $math$
 *   <slug>/samples/1.in      shown to everybody, with 1.ans and perhaps a note, 1.md
 *   <slug>/secret/01.in      never shown, with 01.ans
 *   <slug>/solutions/…       accepted.cpp, wrong-greedy.py, slow-all-pairs.cpp: the name says what they must get
 *
 * Whatever else lies in the folder, such as a generator of tests, is its author's.
 */

/** The contents of problem.json. */
export const problemJson = z.strictObject({
  title: z.string().trim().min(1).max(100),
  difficulty: DifficultyShape,
  tags: z
    .array(z.string().trim().pipe(TagShape))
    .max(20)
    .refine((tags) => new Set(tags).size === tags.length, 'a tag is repeated'),
  limits: z.strictObject({
    cpuMs: z.int().min(50).max(60_000),
    memoryKiB: z.int().min(16_384).max(4_194_304),
  }),
  checker: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('tokens') }),
    z.strictObject({ kind: z.literal('lines') }),
    z.strictObject({ kind: z.literal('exact') }),
    z.strictObject({ kind: z.literal('float'), abs: z.number().min(0).max(1), rel: z.number().min(0).max(1) }),
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
  sample: 65_536,
  secret: 16_777_216,
  allTests: 134_217_728,
  samples: 20,
  secrets: 500,
  solutions: 50,
} as const;
