import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { BUNDLED } from '../../src/problems/catalogue';
import { expectFailure, Folder, joust } from '../support/command-line';

const folder = new Folder();
const env = { DATA_DIR: join(folder.path, 'data') };
afterAll(() => folder.remove());

/** A problem like the bundled one that adds, under another name. */
function problemFolder(name: string): string {
  const path = join(folder.path, name);
  cpSync(join(BUNDLED, 'a-plus-b'), path, { recursive: true });
  return path;
}
const slugs = (problems: readonly { slug: string }[]) => problems.map(({ slug }) => slug);

it('lists the bundled problems, also before a server has ever started', async () => {
  const { code, stderr, json } = await joust(['problem:list', '--json'], env);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(slugs(json)).toEqual(expect.arrayContaining(['a-plus-b', 'workshop']));
  expect(json[0]).toEqual({ slug: 'a-plus-b', title: 'A plus B', difficulty: 'easy', tags: ['warm-up', 'math'] });
  const { stdout } = await joust(['problem:list'], env);
  expect(stdout).toMatch(/^a-plus-b +A plus B +easy +warm-up, math$/m);
});

it('imports a problem, and again without a change', async () => {
  const path = problemFolder('my-sum');
  const first = await joust(['problem:import', path, '--json'], env);
  expect(first).toMatchObject({ code: 0, stderr: '', json: { slug: 'my-sum', changed: true } });
  const again = await joust(['problem:import', path], env);
  expect(again).toMatchObject({ code: 0, stdout: 'Problem my-sum was there already, to the letter.\n' });
  expect(slugs((await joust(['problem:list', '--json'], env)).json)).toContain('my-sum');
});

it('refuses a defective problem with every defect, and stores nothing', async () => {
  const path = problemFolder('broken-sum');
  rmSync(join(path, 'statement.md'));
  rmSync(join(path, 'secret', '02.ans'));
  folder.write('broken-sum/problem.json', { title: '' });
  for (const command of ['problem:import', 'problem:verify']) {
    const said = await joust([command, path], env);
    expectFailure(said, /^Problem broken-sum cannot be used:\n/);
    for (const defect of ['statement.md is missing', 'secret/02.ans is missing', 'problem.json: title', 'difficulty'])
      expect(said.stderr).toContain(defect);
  }
  expect(slugs((await joust(['problem:list', '--json'], env)).json)).not.toContain('broken-sum');
});

it('refuses what is no folder', async () => {
  expectFailure(await joust(['problem:import', join(folder.path, 'none')], env), /Problem none cannot be used/);
  expectFailure(await joust(['problem:verify', 'no-such-problem'], env), /neither a folder nor a bundled problem/);
});

it('verifies the solutions of a bundled problem by its name', async () => {
  const { code, stderr, json } = await joust(['problem:verify', 'a-plus-b', '--json'], env);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(json).toHaveLength(5);
  expect(json[0]).toEqual({
    ...{ problem: 'a-plus-b', solution: 'accepted.cpp', language: 'cpp', expected: 'AC', verdict: 'AC', ok: true },
    ...{ cpuMs: expect.any(Number), memoryKiB: expect.any(Number) },
  });
});

it('tells which solution of a folder does not get what it must', async () => {
  const path = problemFolder('odd-sum');
  rmSync(join(path, 'solutions'), { recursive: true });
  mkdirSync(join(path, 'solutions'));
  folder.write('odd-sum/solutions/accepted.py', 'print(sum(map(int, input().split())))\n');
  folder.write('odd-sum/solutions/slow.py', 'print(sum(map(int, input().split())))\n');
  folder.write('odd-sum/solutions/wrong.cpp', 'int main() {\n');
  const { code, stdout, stderr } = await joust(['problem:verify', path], env);
  expect({ code, stderr }).toEqual({ code: 1, stderr: '2 of 3 solutions did not get what they must.\n' });
  expect(stdout).toMatch(/^ok +odd-sum +accepted\.py +AC +AC +\d+ +\d+$/m);
  expect(stdout).toMatch(/^MISS +odd-sum +slow\.py +TLE +AC/m);
  expect(stdout).toMatch(/^MISS +odd-sum +wrong\.cpp +WA +CE.*main/m);
});
