import { readdir } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { z } from 'zod';
import { SlugShape } from '../contract/shapes';
import { type Checker, type LanguageId, MAX_BYTES, type Slug } from '../contract/terms';
import { FolderReader } from './folder-reader';
import { checkerIn } from './problem-checker';
import { BOUNDS, EXPECTED, LANGUAGE_OF, problemJson, type ProblemJson } from './problem-format';

interface ProblemSample {
  readonly input: string;
  readonly answer: string;
  /** Markdown. */
  readonly note?: string;
}

interface ProblemSecret {
  readonly input: string;
  readonly answer: string;
}

/** A program whose verdict is known: it proves that the tests and limits mean what they should. */
export interface ProblemSolution {
  readonly name: string;
  readonly language: LanguageId;
  readonly source: string;
  readonly expected: (typeof EXPECTED)[keyof typeof EXPECTED];
}

/** Everything a problem consists of, in the order its tests are to run. */
export interface ProblemPackage {
  readonly slug: Slug;
  readonly title: string;
  readonly difficulty: ProblemJson['difficulty'];
  readonly tags: readonly string[];
  readonly limits: { readonly cpuMs: number; readonly memoryKiB: number };
  readonly checker: Checker;
  /** Markdown; see renderStatement. */
  readonly statement: string;
  readonly samples: readonly ProblemSample[];
  readonly secrets: readonly ProblemSecret[];
  readonly solutions: readonly ProblemSolution[];
}

/** A folder is not a problem, for these reasons: all that were found, not only the first. */
export class ProblemDefects extends Error {
  constructor(
    readonly slug: Slug,
    readonly defects: readonly string[],
  ) {
    super(`Problem ${slug} has ${defects.length} defect${defects.length === 1 ? '' : 's'}: ${defects.join('; ')}`);
    this.name = 'ProblemDefects';
  }
}

/** The folders in `root` that mean to be problems, sorted; names that begin with `_` or `.` do not. */
export async function listProblemFolders(root: string): Promise<string[]> {
  const entries = await readdir(root, { withFileTypes: true });
  return entries
    .filter((entry) => !entry.isFile() && !/^[._]/.test(entry.name))
    .map((entry) => join(root, entry.name))
    .sort();
}

/**
 * Reads one problem; the folder's name is its slug. Rejects with ProblemDefects if anything is wrong with it.
 */
export async function readProblemFolder(path: string): Promise<ProblemPackage> {
  const folder = new FolderReader(resolve(path));
  const slug = basename(folder.path);
  const kind = await folder.kind('');
  if (kind !== 'folder') throw new ProblemDefects(slug, [kind === 'link' ? 'it is a link' : 'it is no folder']);
  if (!SlugShape.safeParse(slug).success) {
    folder.defects.push(
      "the folder's name is no slug: lowercase letters, digits and single hyphens, at most 64 of them",
    );
  }
  const json = await folder.text('problem.json', BOUNDS.problemJson);
  const meta = json === undefined ? undefined : parsed(json, folder.defects);
  const checker = meta && (await checkerIn(folder, meta.checker));
  const statement = await folder.text('statement.md', BOUNDS.statement);
  if (statement?.trim() === '') folder.defects.push('statement.md is empty');
  const samples = await testsIn(folder, 'samples', /\.(in|ans|md)$/, BOUNDS.sample, BOUNDS.samples);
  const secrets = await testsIn(folder, 'secret', /\.(in|ans)$/, BOUNDS.secret, BOUNDS.secrets);
  const solutions = await solutionsIn(folder);
  if (folder.defects.length > 0 || !meta || !checker || statement === undefined) {
    throw new ProblemDefects(slug, folder.defects);
  }
  return { slug, ...meta, checker, statement, samples, secrets, solutions };
}

function parsed(json: string, defects: string[]): ProblemJson | undefined {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    defects.push(`problem.json is not JSON: ${error.message}`);
    return undefined;
  }
  const shape = problemJson.safeParse(value);
  if (shape.success) return shape.data;
  defects.push(
    ...shape.error.issues.map((issue) =>
      ['problem.json', z.core.toDotPath(issue.path), issue.message].filter((part) => part !== '').join(': '),
    ),
  );
  return undefined;
}

/** Tests run in the order of their names, in which numbers count as numbers: 2 before 10. */
const inOrder = new Intl.Collator('en', { numeric: true }).compare;

/** The tests of one kind; `parts` are the endings their files may have. */
async function testsIn(folder: FolderReader, inside: string, parts: RegExp, maxBytes: number, most: number) {
  const names = await folder.files(inside);
  for (const name of names) {
    const input = name.replace(parts, '.in');
    if (!parts.test(name)) folder.defects.push(`${inside}/${name} is no part of a test`);
    else if (!names.includes(input)) folder.defects.push(`${inside}/${name} has no ${input} beside it`);
  }
  const stems = names.filter((name) => name.endsWith('.in')).map((name) => name.slice(0, -'.in'.length));
  if (stems.length === 0) folder.defects.push(`${inside} has no tests`);
  if (stems.length > most) folder.defects.push(`${inside} has ${stems.length} tests, at most ${most} may be`);

  const tests: ProblemSample[] = [];
  let bytes = 0;
  for (const stem of stems.sort(inOrder).slice(0, most)) {
    const input = (await folder.text(`${inside}/${stem}.in`, maxBytes)) ?? '';
    const answer = (await folder.text(`${inside}/${stem}.ans`, maxBytes)) ?? '';
    const note = names.includes(`${stem}.md`) ? await folder.text(`${inside}/${stem}.md`, BOUNDS.note) : undefined;
    tests.push({ input, answer, ...(note === undefined ? {} : { note }) });
    bytes += Buffer.byteLength(input) + Buffer.byteLength(answer);
    if (bytes <= BOUNDS.allTests) continue;
    folder.defects.push(`${inside} has more than ${BOUNDS.allTests} bytes of tests`);
    break;
  }
  return tests;
}

async function solutionsIn(folder: FolderReader): Promise<ProblemSolution[]> {
  const names = (await folder.kind('solutions')) === 'nothing' ? [] : await folder.files('solutions');
  if (names.length > BOUNDS.solutions) folder.defects.push(`solutions has more than ${BOUNDS.solutions} files`);
  const solutions: ProblemSolution[] = [];
  for (const name of names.slice(0, BOUNDS.solutions)) {
    const [, word, extension] = /^(accepted|wrong|slow)(?:-[a-z0-9-]+)?\.([a-z]+)$/.exec(name) ?? [];
    const language = LANGUAGE_OF[extension ?? ''];
    if (language === undefined) {
      folder.defects.push(`solutions/${name} is not named as accepted, wrong-… or slow-… in a known language`);
      continue;
    }
    const source = (await folder.text(`solutions/${name}`, MAX_BYTES.source)) ?? '';
    solutions.push({ name, language, source, expected: EXPECTED[word as keyof typeof EXPECTED] });
  }
  return solutions;
}
