import type { Cell, LeaderboardRow } from '../../src/contract/leaderboard';
import { scoreFileShape } from '../../src/contract/score-file';
import type { Verdict } from '../../src/contract/terms';
import { contestClock } from '../../src/core/contest-clock';
import { scoreCase } from '../../src/core/score-file';
import { leaderboard, winnerOf, type ScoredSubmission, type ScoringRules } from '../../src/core/scoring';

const START = Date.UTC(2026, 0, 1);
const MINUTE = 60_000;
const PLAYERS = ['ada', 'bob'].map((userId) => ({ userId, name: userId.toUpperCase() }));
const RULES: ScoringRules = {
  penaltyMinutes: 5,
  timePrecision: 'second',
  startedAt: START,
  endsAt: START + 30 * MINUTE,
};

/** `ada A 1:30 WA`: who, what, minutes and seconds after the start, and the verdict, `?` for none yet. */
function history(...lines: string[]): ScoredSubmission[] {
  return lines.map((line, index) => {
    const [userId, problem, time, verdict] = line.split(' ') as [string, string, string, string];
    const [minutes, seconds] = time.split(':').map(Number) as [number, number];
    const receivedAt = START + minutes * MINUTE + Math.round(seconds * 1000);
    return { id: `sub_${index}`, userId, problem, receivedAt, verdict: verdict === '?' ? null : (verdict as Verdict) };
  });
}

const board = (lines: string[], rules: Partial<ScoringRules> = {}) =>
  leaderboard({ ...RULES, ...rules }, PLAYERS, ['A', 'B'], history(...lines));
const rowOf = (rows: LeaderboardRow<string>[], userId: string) => rows.find((row) => row.userId === userId)!;
const cellOf = (rows: LeaderboardRow<string>[], userId: string, label = 'A'): Cell => rowOf(rows, userId).cells[label]!;

describe('a score', () => {
  it('is nothing before anybody submits', () => {
    const cell = { state: 'untouched', tries: 0, pending: 0, solvedAtSeconds: null, first: false, provisional: false };
    expect(board([])).toEqual([
      { rank: 1, userId: 'ada', name: 'ADA', solved: 0, penalty: 0, cells: { A: cell, B: cell } },
      { rank: 1, userId: 'bob', name: 'BOB', solved: 0, penalty: 0, cells: { A: cell, B: cell } },
    ]);
  });

  it('counts in seconds: each problem rounded down on its own, a try at its minutes', () => {
    const rows = board(['ada A 1:00 WA', 'ada A 2:10.999 AC', 'ada B 3:00.999 AC']);
    expect(rowOf(rows, 'ada')).toMatchObject({ solved: 2, penalty: 130 + 300 + 180 });
    expect(cellOf(rows, 'ada')).toMatchObject({ state: 'solved', tries: 2, solvedAtSeconds: 130 });
  });

  it('counts in minutes: each problem rounded down on its own', () => {
    const rows = board(['ada A 1:00 WA', 'ada A 2:59.999 AC', 'ada B 3:59.999 AC'], { timePrecision: 'minute' });
    expect(rowOf(rows, 'ada')).toMatchObject({ solved: 2, penalty: 2 + 5 + 3 });
  });

  it.each(['WA', 'TLE', 'MLE', 'OLE', 'RTE'])('charges for %s', (verdict) => {
    const rows = board([`ada A 1:00 ${verdict}`, 'ada A 2:00 AC']);
    expect(rowOf(rows, 'ada').penalty).toBe(120 + 300);
  });

  it.each(['CE', 'JE', '?'])('does not charge for %s', (verdict) => {
    const rows = board([`ada A 1:00 ${verdict}`, 'ada A 2:00 AC']);
    expect(rowOf(rows, 'ada').penalty).toBe(120);
  });

  it('takes the last millisecond and refuses the end', () => {
    expect(rowOf(board(['ada A 29:59.999 AC']), 'ada').solved).toBe(1);
    expect(rowOf(board(['ada A 30:00 AC']), 'ada').solved).toBe(0);
    expect(rowOf(board(['ada A 0:00 AC']), 'ada').solved).toBe(1);
    expect(rowOf(board(['ada A 0:-0.001 AC']), 'ada').solved).toBe(0);
    expect(rowOf(board(['ada A 99:00 AC'], { endsAt: null }), 'ada').solved).toBe(1);
  });

  it('adds what a referee adds, in minutes, whatever the unit', () => {
    const lines = ['ada A 1:00 AC', 'bob A 1:30 AC'];
    expect(rowOf(board(lines, { adjust: { ada: 2, bob: -1 } }), 'ada')).toMatchObject({ rank: 2, penalty: 60 + 120 });
    expect(rowOf(board(lines, { adjust: { bob: -1 } }), 'bob')).toMatchObject({ rank: 1, penalty: 30 });
    expect(rowOf(board(lines, { adjust: { ada: 2 }, timePrecision: 'minute' }), 'ada').penalty).toBe(1 + 2);
  });

  it('does not take the name of a player for a property of objects', () => {
    const players = [{ userId: 'constructor', name: 'c' }];
    expect(leaderboard({ ...RULES, adjust: {} }, players, ['A'], [])[0]!.penalty).toBe(0);
  });

  it('knows nothing of problems and players that are not in the contest', () => {
    expect(board(['eve A 1:00 AC', 'ada Z 1:00 AC'])).toEqual(board([]));
  });
});

describe('a rank', () => {
  it('is shared by who is equal in all three, to the unit, and the next is skipped', () => {
    const players = ['ada', 'bob', 'cat'].map((userId) => ({ userId, name: userId }));
    const lines = history('cat A 2:00 AC', 'bob A 1:00.999 AC', 'ada A 1:00 AC');
    const rows = leaderboard(RULES, players, ['A'], lines);
    expect(rows.map(({ rank, userId }) => [rank, userId])).toEqual([[1, 'ada'], [1, 'bob'], [3, 'cat']]); // prettier-ignore
    expect(winnerOf(rows)).toBeNull();
  });

  it('goes by the last accepted where the penalty is equal', () => {
    const rows = board(['ada A 2:00 AC', 'ada B 4:00 AC', 'bob A 1:00 AC', 'bob B 5:00 AC']);
    expect(rows.map(({ rank, userId, penalty }) => [rank, userId, penalty])).toEqual([
      [1, 'ada', 360],
      [2, 'bob', 360],
    ]);
    expect(winnerOf(rows)).toBe('ada');
  });

  it('makes a draw of nothing against nothing', () => expect(winnerOf(board([]))).toBeNull());
  it('has no winner without players', () => expect(winnerOf([])).toBeNull());
});

describe('the state of a cell', () => {
  it.each([
    ['untouched', []],
    ['untouched', ['ada A 1:00 CE']],
    ['tried', ['ada A 1:00 WA']],
    ['pending', ['ada A 1:00 WA', 'ada A 2:00 ?']],
    ['pending', ['ada A 1:00 JE']],
    ['solved', ['ada A 1:00 ?', 'ada A 2:00 WA', 'ada A 3:00 AC']],
  ])('is %s after %j', (state, lines) => expect(cellOf(board(lines), 'ada').state).toBe(state));
});

describe('a photo finish', () => {
  it('is provisional while an earlier one of the other player could be the first', () => {
    const cell = (verdict: string) => cellOf(board([`bob A 1:00 ${verdict}`, 'ada A 2:00 AC']), 'ada');
    expect(cell('?')).toMatchObject({ first: false, provisional: true });
    expect(cell('JE')).toMatchObject({ first: false, provisional: true });
    expect(cell('WA')).toMatchObject({ first: true, provisional: false });
    expect(cell('AC')).toMatchObject({ first: false, provisional: false });
  });

  it('is provisional while an earlier one of its own could move it or cost a try', () => {
    expect(cellOf(board(['ada A 1:00 ?', 'ada A 2:00 AC']), 'ada')).toMatchObject({ first: false, provisional: true });
  });

  it('is over for who was beaten already', () => {
    const rows = board(['bob A 1:00 ?', 'bob A 2:00 AC', 'ada A 3:00 AC']);
    expect(cellOf(rows, 'ada')).toMatchObject({ first: false, provisional: false });
    expect(cellOf(rows, 'bob')).toMatchObject({ first: false, provisional: true });
  });

  it('does not wait for later ones, for other problems, or for what does not count', () => {
    const sure = { first: true, provisional: false };
    expect(cellOf(board(['ada A 2:00 AC', 'bob A 2:00 ?']), 'ada')).toMatchObject(sure);
    expect(cellOf(board(['bob B 1:00 ?', 'ada A 2:00 AC']), 'ada')).toMatchObject(sure);
    expect(cellOf(board(['eve A 1:00 ?', 'ada A 2:00 AC']), 'ada')).toMatchObject(sure);
    const set = { ignored: new Set(['sub_0']) };
    expect(cellOf(board(['bob A 1:00 ?', 'ada A 2:00 AC'], set), 'ada')).toMatchObject(sure);
  });

  it('in one millisecond is decided by arrival', () => {
    expect(cellOf(board(['bob A 1:00 AC', 'ada A 1:00 AC']), 'bob').first).toBe(true);
    expect(cellOf(board(['ada A 1:00 AC', 'bob A 1:00 AC']), 'bob').first).toBe(false);
  });
});

describe('the freeze', () => {
  const lines = ['ada A 9:59.999 WA', 'ada A 10:00 AC', 'bob A 11:00 CE', 'bob A 12:00 AC'];
  const freezeAt = START + 10 * MINUTE;

  it('shows the audience tries, not verdicts', () => {
    const rows = board(lines, { freezeAt });
    expect(cellOf(rows, 'ada')).toMatchObject({ state: 'pending', tries: 1, pending: 1, first: false });
    expect(cellOf(rows, 'bob')).toMatchObject({ state: 'pending', tries: 0, pending: 2 });
  });

  it('hides no player his own', () => {
    const rows = board(lines, { freezeAt, ownUserId: 'bob' });
    expect(cellOf(rows, 'ada')).toMatchObject({ state: 'pending', tries: 1, pending: 1 });
    expect(cellOf(rows, 'bob')).toMatchObject({ state: 'solved', tries: 1, pending: 0, provisional: true });
  });
});

describe('contest time', () => {
  const at = (...intervals: [number, number][]) => contestClock(100, intervals);

  it('stands still in what was removed', () => {
    const clock = at([120, 130]);
    expect([100, 120, 125, 130, 140].map((moment) => clock.elapsedAt(moment))).toEqual([0, 20, 20, 20, 30]);
  });

  it('removes what two intervals share once, in any order', () => {
    expect(at([125, 140], [120, 130], [121, 122]).elapsedAt(150)).toBe(30);
  });

  it('removes nothing before the start, and nothing backwards', () => {
    expect(at([50, 110], [10, 20], [150, 140]).elapsedAt(160)).toBe(50);
  });

  it('comes to an end later by what was removed before', () => {
    const clock = at([120, 130], [145, 150], [190, 195]);
    expect([0, 20, 21, 34, 36].map((elapsed) => clock.momentAt(elapsed))).toEqual([100, 120, 131, 144, 151]);
  });

  it('is what a solve costs', () => {
    const removed = [[START + 2 * MINUTE, START + 4 * MINUTE]] as const;
    const rows = board(['ada A 3:00 AC', 'bob A 5:00 AC'], { removed });
    expect(rowOf(rows, 'ada').penalty).toBe(120);
    expect(rowOf(rows, 'bob').penalty).toBe(180);
  });
});

describe('a contest in a file', () => {
  const given = {
    contest: { durationMin: 60, penaltyMin: 20, comment: 'dropped' },
    teams: ['a', 'b', 'c'],
    submissions: [
      { id: '1', team: 'a', problem: 'B', atMs: 60 * MINUTE, seq: 2 },
      { id: '2', team: 'b', problem: 'A', atMs: 5 * MINUTE, seq: 3 },
      { id: '3', team: 'a', problem: 'A', atMs: 5 * MINUTE, seq: 1 },
    ],
    judgements: ['1', '2', '3'].map((sub) => ({ sub, verdict: 'AC' })),
  };
  const score = (changes: object) => scoreCase(scoreFileShape.parse([{ ...given, ...changes }])[0]!);

  it('goes by the order of arrival, not of the file', () => {
    expect(score({}).firstToSolve).toEqual({ A: 'a' });
    expect(score({}).rows.map(({ rank, team }) => `${rank}${team}`)).toEqual(['1a', '1b', '3c']);
  });

  it('keeps its length when time is removed, and freezes later', () => {
    const removed = [[10 * MINUTE, 11 * MINUTE]];
    expect(score({ removed }).rows[0]).toMatchObject({ team: 'a', solved: 2, penalty: 5 + 59 });
    const contest = { durationMin: 60, penaltyMin: 20, freezeMin: 60 };
    expect(score({ contest, removed, view: 'public' }).firstToSolve).toEqual({ A: 'a', B: 'a' });
  });

  it('counts the last judgement that is current, and a submission once', () => {
    const judged = (...verdicts: [string, boolean?][]) =>
      score({
        submissions: [given.submissions[2], given.submissions[2]],
        judgements: verdicts.map(([verdict, current]) => ({ sub: '3', verdict, current })),
      }).rows.find(({ team }) => team === 'a')!.cells['A'];
    expect(judged(['AC'], ['WA'])).toEqual({ judged: 1, pending: 0, solved: false, time: null });
    expect(judged(['AC'], ['WA', false])).toEqual({ judged: 1, pending: 0, solved: true, time: 5 });
    expect(judged(['AC', false], ['WA', false])).toEqual({ judged: 0, pending: 1, solved: false, time: null });
    expect(judged(['AC'], ['PENDING'])).toEqual({ judged: 0, pending: 1, solved: false, time: null });
  });

  it('refuses a contest without a length and a verdict nobody knows', () => {
    expect(scoreFileShape.safeParse([{ ...given, contest: { penaltyMin: 20 } }]).success).toBe(false);
    expect(scoreFileShape.safeParse([{ ...given, judgements: [{ sub: '1', verdict: 'PE' }] }]).success).toBe(false);
  });
});
