import { mkdir, rename, symlink, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { listProblemFolders, readProblemFolder } from '../../src/problems/problem-folder';
import { BOUNDS } from '../../src/problems/problem-format';
import { defectsOf, JSON_OF_TWICE, SmallProblem, TWICE } from '../support/small-problem';

const small = new SmallProblem();
const put = (name: string, content: string | Uint8Array) => small.put(name, content);
const remove = (name: string) => small.remove(name);
const putJson = (changes: object) => small.putJson(changes);

it('reads everything a problem consists of, tests in the order of their numbers', async () => {
  expect(await readProblemFolder(small.folder)).toEqual({
    slug: 'twice',
    ...JSON_OF_TWICE,
    statement: TWICE['statement.md'],
    samples: [
      { input: '2\n', answer: '4\n', note: 'Twice $2$ is $4$.\n' },
      { input: '0\n', answer: '0\n' },
    ],
    secrets: [
      { input: '1\n', answer: '2\n' },
      { input: '5\n', answer: '10\n' },
      { input: '7\n', answer: '14\n' },
    ],
    solutions: [
      { name: 'accepted.py', language: 'python', source: TWICE['solutions/accepted.py'], expected: 'AC' },
      { name: 'slow-loop.py', language: 'python', source: TWICE['solutions/slow-loop.py'], expected: 'TLE' },
      { name: 'wrong-square.cpp', language: 'cpp', source: TWICE['solutions/wrong-square.cpp'], expected: 'WA' },
    ],
  });
});

it.each([
  ['tokens', { kind: 'tokens' }],
  ['lines', { kind: 'lines' }],
  ['exact', { kind: 'exact' }],
  ['float', { kind: 'float', abs: 1e-6, rel: 0 }],
])('knows the checker %s', async (_, checker) => {
  await putJson({ checker });
  expect((await readProblemFolder(small.folder)).checker).toEqual(checker);
});

it('needs no solutions', async () => {
  await remove('solutions');
  expect((await readProblemFolder(small.folder)).solutions).toEqual([]);
});

it.each<[string, () => Promise<void>, RegExp]>([
  ['no problem.json', () => remove('problem.json'), /^problem\.json is missing$/],
  ['problem.json that is not JSON', () => put('problem.json', '{'), /^problem\.json is not JSON/],
  ['an empty title', () => putJson({ title: ' ' }), /^problem\.json: title: /],
  ['an unknown difficulty', () => putJson({ difficulty: 'brutal' }), /^problem\.json: difficulty: /],
  ['a repeated tag', () => putJson({ tags: ['dp', 'dp'] }), /^problem\.json: tags: a tag is repeated$/],
  ['no time', () => putJson({ limits: { cpuMs: 0, memoryKiB: 262144 } }), /^problem\.json: limits\.cpuMs: /],
  [
    'half a KiB',
    () => putJson({ limits: { cpuMs: 1000, memoryKiB: 262144.5 } }),
    /^problem\.json: limits\.memoryKiB: /,
  ],
  ['an unknown checker', () => putJson({ checker: { kind: 'special' } }), /^problem\.json: checker\.kind: /],
  [
    'a float checker without bounds',
    () => putJson({ checker: { kind: 'float' } }),
    /^problem\.json: checker\.(abs|rel): /,
  ],
  ['a misspelt field', () => putJson({ limit: {} }), /^problem\.json: .*limit/],
  ['no statement', () => remove('statement.md'), /^statement\.md is missing$/],
  ['an empty statement', () => put('statement.md', ' \n'), /^statement\.md is empty$/],
  ['a statement with a NUL', () => put('statement.md', 'a\0b'), /^statement\.md contains a NUL$/],
  [
    'a statement in Latin-1',
    () => put('statement.md', Buffer.from([0x66, 0xfc, 0x72])),
    /^statement\.md is not UTF-8$/,
  ],
  [
    'too long a statement',
    () => put('statement.md', 'x'.repeat(BOUNDS.statement + 1)),
    /^statement\.md has 131073 bytes/,
  ],
  ['no samples', () => remove('samples'), /^samples is missing$/],
  ['too large a sample', () => put('samples/1.in', 'x'.repeat(BOUNDS.sample + 1)), /^samples\/1\.in has 65537 bytes/],
  ['an answer without its input', () => remove('samples/2.in'), /^samples\/2\.ans has no 2\.in beside it$/],
  ['a note without its sample', () => put('samples/3.md', 'x'), /^samples\/3\.md has no 3\.in beside it$/],
  ['a note on a secret test', () => put('secret/1.md', 'x'), /^secret\/1\.md is no part of a test$/],
  ['an input without its answer', () => remove('secret/2.ans'), /^secret\/2\.ans is missing$/],
  ['a secret input with a NUL', () => put('secret/2.in', '\0'), /^secret\/2\.in contains a NUL$/],
  ['a stray file among the tests', () => put('secret/notes.txt', 'x'), /^secret\/notes\.txt is no part of a test$/],
  ['a folder among the tests', () => put('secret/more/1.in', 'x'), /^secret\/more is no file$/],
  ['a file for a folder', () => remove('secret').then(() => put('secret', 'x')), /^secret is no folder$/],
  ['a solution of unknown verdict', () => put('solutions/maybe.py', 'x'), /^solutions\/maybe\.py is not named/],
  [
    'a solution in an unknown language',
    () => put('solutions/accepted.bf', 'x'),
    /^solutions\/accepted\.bf is not named/,
  ],
  [
    'too long a solution',
    () => put('solutions/accepted.py', '#'.repeat(65_537)),
    /^solutions\/accepted\.py has 65537 bytes/,
  ],
])('refuses %s', async (_, spoil, defect) => {
  await spoil();
  expect(await defectsOf(small.folder)).toContainEqual(expect.stringMatching(defect));
});

it('says so when there are no secret tests', async () => {
  for (const name of Object.keys(TWICE).filter((name) => name.startsWith('secret/'))) await remove(name);
  expect(await defectsOf(small.folder)).toEqual(['secret has no tests']);
});

it('refuses too many tests', async () => {
  for (let i = 3; i <= BOUNDS.samples + 1; i++) {
    await put(`samples/${i}.in`, 'x');
    await put(`samples/${i}.ans`, 'x');
  }
  expect(await defectsOf(small.folder)).toEqual(['samples has 21 tests, at most 20 may be']);
});

it.each([
  'statement.md',
  'problem.json',
  'samples/1.md',
  'secret/1.ans',
  'solutions/accepted.py',
  'secret',
  'solutions',
])('follows no link: %s', async (name) => {
  await rename(join(small.folder, name), join(small.root, 'elsewhere'));
  await symlink(join(small.root, 'elsewhere'), join(small.folder, name));
  expect((await defectsOf(small.folder)).join('; ')).toMatch(/ is (a link|no folder)/);
});

it('follows no link to a whole problem', async () => {
  await symlink(small.folder, join(small.root, 'linked'));
  expect(await defectsOf(join(small.root, 'linked'))).toEqual(['it is a link']);
});

it.each(['Twice', 'twice_as_much', '-twice', 'twice--two', 'tw ice', 'zwölf', 'x'.repeat(65)])(
  'refuses the name %s',
  async (name) => {
    await rename(small.folder, join(small.root, name));
    expect(await defectsOf(join(small.root, name))).toEqual([expect.stringContaining('is no slug')]);
  },
);

it('names all defects at once', async () => {
  await putJson({ title: '', difficulty: 'brutal' });
  await put('statement.md', '');
  await remove('samples/1.ans');
  await remove('secret/10.ans');
  expect(await defectsOf(small.folder)).toEqual([
    expect.stringContaining('title'),
    expect.stringContaining('difficulty'),
    'statement.md is empty',
    'samples/1.ans is missing',
    'secret/10.ans is missing',
  ]);
  await expect(readProblemFolder(small.folder)).rejects.toThrow(/^Problem twice has 5 defects: /);
});

it('lists the folders that mean to be problems', async () => {
  await mkdir(join(small.root, '_lib'));
  await mkdir(join(small.root, '.hidden'));
  await mkdir(join(small.root, 'another'));
  await writeFile(join(small.root, 'README.md'), '');
  expect((await listProblemFolders(small.root)).map((path) => basename(path))).toEqual(['another', 'twice']);
});
