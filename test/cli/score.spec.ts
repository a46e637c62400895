import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expectFailure, Folder, joust } from '../support/command-line';

/* eslint-disable @typescript-eslint/no-explicit-any */
const oracle = (file: string) => join(__dirname, '..', 'oracle', file);
const read = (file: string): any => JSON.parse(readFileSync(oracle(file), 'utf8'));

const folder = new Folder();
afterAll(() => folder.remove());

it('prints of every duel the expected board, cells and first solvers', async () => {
  const { code, stderr, json } = await joust(['score', oracle('duels.json')]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const duels = read('duels.json');
  expect(json).toHaveLength(duels.length);
  for (const [index, { id, expected, expectedCells, expectedFirstToSolve }] of duels.entries()) {
    const { rows, firstToSolve } = json[index];
    const shown = rows.map(({ team, solved, penalty: time, rank }: any) => [team, { solved, time, rank }]);
    const cells = Object.fromEntries(rows.map((row: any) => [row.team, row.cells]));
    expect({ id, rows: Object.fromEntries(shown) }).toEqual({ id, rows: expected });
    expect({ id, cells }).toMatchObject({ id, cells: expectedCells ?? {} });
    expect({ id, firstToSolve }).toEqual({ id, firstToSolve: expectedFirstToSolve ?? firstToSolve });
  }
});

it('prints the boards of real contests as they were published, however many teams there are', async () => {
  const contests = ['contest-1.json', 'contest-2.json'].map(read);
  const cases = contests.map(({ durationMs, penaltyMinutes, expected, submissions }) => ({
    contest: { durationMs, penaltyMin: penaltyMinutes },
    teams: expected.map(({ team }: any) => team),
    submissions: submissions.map(({ seq, ...rest }: any) => ({ ...rest, seq, id: String(seq) })),
    judgements: submissions.map(({ seq, verdict }: any) => ({ sub: String(seq), verdict })),
  }));
  const { code, json } = await joust(['score', folder.write('contests.json', cases)]);
  expect(code).toBe(0);
  const byTeam = (a: any, b: any) => (a.team < b.team ? -1 : 1);
  const shown = (rows: any[]) =>
    rows.map(({ team, solved, penalty, rank }) => ({ team, solved, penalty, rank })).toSorted(byTeam);
  for (const [index, { expected }] of contests.entries()) expect(shown(json[index].rows)).toEqual(shown(expected));
});

const fine = { contest: { durationMin: 60, penaltyMin: 20 }, teams: ['a'], submissions: [], judgements: [] };

it.each([
  ['a key that is missing', [fine, { ...fine, teams: undefined }], /case 2 of 2: teams: /],
  ['a key deep in a case', [{ ...fine, contest: { durationMin: 60 } }], /case 1 of 1: contest\.penaltyMin: /],
  [
    'an entry of a list',
    [{ ...fine, judgements: [{ sub: 'x', verdict: 'OK' }] }],
    /case 1 of 1: judgements\[0\]\.verdict: /,
  ],
  ['a length of no kind', [{ ...fine, contest: { penaltyMin: 20 } }], /case 1 of 1: contest: needs durationMin/],
  ['what is no array', { cases: [] }, /must hold an array of cases/],
  ['what is no JSON', '[{', /is not JSON/],
])('refuses %s, and says where it is', async (_, content, sentence) => {
  expectFailure(await joust(['score', folder.write('wrong.json', content)]), sentence);
});

it('refuses a file that is not there, and one that is not named', async () => {
  expectFailure(await joust(['score', join(folder.path, 'none.json')]), /none\.json cannot be read/);
  expectFailure(await joust(['score']), /missing required argument 'file'[^]*Usage: joust score/);
});

it('refuses what is no command and no option, with help', async () => {
  expectFailure(await joust(['scores']), /unknown command 'scores'[^]*Commands:/);
  expectFailure(await joust(['score', '--fast', 'x.json']), /unknown option '--fast'[^]*Usage: joust score/);
  expectFailure(await joust([]), /Usage: joust[^]*problem:verify/);
});
