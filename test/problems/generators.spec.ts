import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { listProblemFolders, type ProblemPackage, readProblemFolder } from '../../src/problems/problem-folder';
import { renderStatement } from '../../src/problems/statement';

const ROOT = join(__dirname, '../../problems');
const MIB = 1024 * 1024;

let problems: ProblemPackage[];

beforeAll(async () => {
  problems = await Promise.all((await listProblemFolders(ROOT)).map(readProblemFolder));
});

it('makes every committed input again, byte for byte', async () => {
  // The generators are ES modules, which only a Node of their own can load here. It says what differs and exits with 1.
  await promisify(execFile)(process.execPath, [join(ROOT, 'generate.mjs'), '--verify']);
});

it('has problems of all difficulties, among them the one everybody starts with', () => {
  const count = (difficulty: string) => problems.filter((problem) => problem.difficulty === difficulty).length;
  expect([count('easy'), count('medium'), count('hard')]).toEqual([5, 6, 5]);
  expect(problems.map((problem) => problem.slug)).toContain('a-plus-b');
});

it('has enough tests and a proof of each verdict in every problem', () => {
  for (const { slug, samples, secrets, solutions } of problems) {
    const proofs = solutions.map(({ expected, language }) => (expected === 'AC' ? language : expected));
    expect({ slug, enough: samples.length >= 1 && samples.length <= 3 && secrets.length >= 10 }).toEqual({
      slug,
      enough: true,
    });
    expect(proofs).toEqual(expect.arrayContaining(['cpp', 'python', 'WA', 'TLE']));
  }
});

it('has no test twice in a problem', () => {
  for (const { slug, secrets } of problems) {
    expect([slug, new Set(secrets.map((test) => test.input)).size]).toEqual([slug, secrets.length]);
  }
});

it('stays small: answers within the usual limit of output, all of it within what a clone should weigh', () => {
  const tests = problems.flatMap(({ samples, secrets }) => [...samples, ...secrets]);
  expect(Math.max(...tests.map((test) => test.answer.length))).toBeLessThan(60_000);
  expect(tests.reduce((sum, test) => sum + test.input.length + test.answer.length, 0)).toBeLessThan(6 * MIB);
});

it('has statements and notes whose math all parses, with the sections a contestant looks for', () => {
  for (const { slug, statement, samples } of problems) {
    const html = renderStatement(statement);
    expect([slug, html.match(/<h2>\w+<\/h2>/g)]).toEqual([
      slug,
      ['<h2>Input</h2>', '<h2>Output</h2>', '<h2>Constraints</h2>'],
    ]);
    expect([html, ...samples.map(({ note }) => renderStatement(note ?? ''))].join('')).not.toContain('katex-error');
  }
});
