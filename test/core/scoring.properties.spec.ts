import fc from 'fast-check';
import type { LeaderboardRow } from '../../src/contract/leaderboard';
import { VERDICTS, type Verdict } from '../../src/contract/terms';
import { leaderboard, winnerOf, type ScoredSubmission, type ScoringRules } from '../../src/core/scoring';
import { naiveBoard } from './naive-board';

/*
 * Random contests of three players and two problems, dense enough that ties of a millisecond,
 * photo finishes, early and late submissions and the freeze all happen in most of them.
 */
const PLAYERS = ['ada', 'bob', 'cat'];
const PROBLEMS = ['A', 'B'];
const CODES = Object.keys(VERDICTS) as Verdict[];
const verdict = fc.option(fc.constantFrom(...CODES), { nil: null });
const instant = fc.oneof(
  fc.integer({ min: 0, max: 12 }).map((half) => half * 30_000),
  fc.integer({ min: -9, max: 400_000 }),
);
const submission = fc.record({
  userId: fc.constantFrom(...PLAYERS, 'a stranger'),
  problem: fc.constantFrom(...PROBLEMS, 'Z'),
  receivedAt: instant,
  verdict,
});
const submissions = fc
  .array(submission, { maxLength: 14 })
  .map((list): ScoredSubmission[] => list.map((s, index) => ({ id: `sub_${index}`, ...s })));
const rules: fc.Arbitrary<ScoringRules> = fc.record({
  penaltyMinutes: fc.integer({ min: 0, max: 3 }),
  timePrecision: fc.constantFrom('minute', 'second'),
  startedAt: fc.constant(0),
  endsAt: fc.constantFrom(360_000, 300_000, null),
  removed: fc.array(fc.tuple(instant, instant), { maxLength: 2 }),
  ignored: fc.subarray(['sub_0', 'sub_3', 'sub_5']).map((ids) => new Set(ids)),
  adjust: fc.dictionary(fc.constantFrom(...PLAYERS), fc.integer({ min: -2, max: 2 })),
  freezeAt: fc.constantFrom(null, 240_000),
  ownUserId: fc.constantFrom(null, 'ada'),
});

const board = (given: ScoringRules, list: readonly ScoredSubmission[], players: readonly string[] = PLAYERS) =>
  leaderboard(
    given,
    players.map((userId) => ({ userId, name: userId })),
    PROBLEMS,
    list,
  );
/** The rows without their cells, in which a pending submission shows. */
const scores = (rows: LeaderboardRow<string>[]) =>
  rows.map(({ userId, rank, solved, penalty }) => ({ userId, rank, solved, penalty }));
const open = (given: ScoringRules): ScoringRules => ({ ...given, freezeAt: null });

describe('a leaderboard', () => {
  it('is what somebody else makes of the rules', () => {
    fc.assert(
      fc.property(rules, submissions, (given, list) => {
        const rows = board(given, list);
        expect(Object.fromEntries(rows.map((row) => [row.userId, row]))).toEqual(
          naiveBoard(given, PLAYERS, PROBLEMS, list),
        );
        expect(rows.map(({ rank }) => rank)).toEqual(rows.map(({ rank }) => rank).sort((a, b) => a - b));
      }),
      { numRuns: 2_000 },
    );
  });

  it('does not depend on the order verdicts come in, or on hearing one twice', () => {
    const deliveries = submissions.chain((list) =>
      fc.tuple(
        fc.constant(list),
        fc.shuffledSubarray([...list.keys(), ...list.keys()], { minLength: list.length * 2 }),
      ),
    );
    fc.assert(
      fc.property(rules, deliveries, (given, [list, order]) => {
        let known: ScoredSubmission[] = list.map((s) => ({ ...s, verdict: null }));
        for (const index of order) known = known.with(index, { ...known[index]!, verdict: list[index]!.verdict });
        expect(board(given, known)).toEqual(board(given, list));
      }),
    );
  });

  it('does not depend on the order of the list, but between those of one millisecond', () => {
    fc.assert(
      fc.property(rules, submissions, (given, list) => {
        const byTime = list.toSorted((a, b) => a.receivedAt - b.receivedAt);
        const shuffled = list.toSorted((a, b) => (a.receivedAt % 7) - (b.receivedAt % 7));
        expect(board(given, byTime)).toEqual(board(given, list));
        expect(board(given, shuffled)).toEqual(board(given, list));
      }),
    );
  });

  it('does not remember a verdict that a rejudging replaced', () => {
    fc.assert(
      fc.property(rules, submissions, fc.array(verdict, { minLength: 14, maxLength: 14 }), (given, list, old) => {
        const before = list.map((s, index) => ({ ...s, verdict: old[index]! }));
        board(given, before);
        const after = before.map((s, index) => ({ ...s, verdict: list[index]!.verdict }));
        expect(board(given, after)).toEqual(board(given, list));
      }),
    );
  });

  it('scores as if what is pending, failed on our side or did not compile had never been sent', () => {
    fc.assert(
      fc.property(rules, submissions, (given, list) => {
        const judged = list.map((s) => (s.verdict === 'JE' || s.verdict === 'CE' ? { ...s, verdict: null } : s));
        const gone = new Set([...given.ignored!, ...judged.filter((s) => s.verdict === null).map(({ id }) => id)]);
        const without = board({ ...open(given), ignored: gone }, list);
        expect(scores(board(open(given), list))).toEqual(scores(without));
      }),
    );
  });

  it('does not care what comes after an accepted one', () => {
    fc.assert(
      fc.property(rules, submissions, submission, (given, list, extra) => {
        const late = { ...extra, id: 'sub_late', receivedAt: 400_001 };
        const solved = board({ ...given, endsAt: null }, list).find(({ userId }) => userId === late.userId);
        fc.pre(solved?.cells[late.problem]?.state === 'solved');
        expect(board({ ...given, endsAt: null }, [...list, late])).toEqual(board({ ...given, endsAt: null }, list));
      }),
    );
  });

  it('never solves less, or ranks worse, for one more accepted at the end', () => {
    fc.assert(
      fc.property(rules, submissions, fc.constantFrom(...PLAYERS), (given, list, userId) => {
        const endless = { ...open(given), endsAt: null };
        const last = { id: 'sub_late', userId, problem: 'A', receivedAt: 400_001, verdict: 'AC' as const };
        const [before, after] = [board(endless, list), board(endless, [...list, last])].map((rows) =>
          rows.find((row) => row.userId === userId)!,
        );
        expect(after!.solved).toBeGreaterThanOrEqual(before!.solved);
        expect(after!.rank).toBeLessThanOrEqual(before!.rank);
      }),
    );
  });

  it('calls names and order of players by what they are', () => {
    const renamed = new Map([['ada', 'cat'], ['bob', 'ada'], ['cat', 'bob']]); // prettier-ignore
    fc.assert(
      fc.property(rules, submissions, (given, list) => {
        const fair = { ...given, adjust: {}, ownUserId: null };
        const moved = list.map((s) => ({ ...s, userId: renamed.get(s.userId) ?? s.userId }));
        const rows = board(fair, list).map((row) => ({
          ...row,
          userId: renamed.get(row.userId)!,
          name: renamed.get(row.userId)!,
        }));
        expect(
          board(
            fair,
            moved,
            PLAYERS.map((p) => renamed.get(p)!),
          ),
        ).toEqual(rows);
      }),
    );
  });

  it('has one winner or a shared first rank', () => {
    fc.assert(
      fc.property(rules, submissions, (given, list) => {
        const rows = board(given, list);
        const best = rows.filter(({ rank }) => rank === 1);
        return winnerOf(rows) === (best.length === 1 ? best[0]!.userId : null);
      }),
    );
  });

  it('names at most one first solver of a problem', () => {
    fc.assert(
      fc.property(rules, submissions, (given, list) =>
        PROBLEMS.every((label) => board(given, list).filter(({ cells }) => cells[label]!.first).length <= 1),
      ),
    );
  });
});

describe('a frozen board', () => {
  const twoOutcomes = fc.tuple(submissions, fc.array(verdict, { minLength: 14, maxLength: 14 }));

  it('tells the audience nothing of what was judged since', () => {
    fc.assert(
      fc.property(rules, twoOutcomes, (given, [list, other]) => {
        const frozen = { ...given, freezeAt: 240_000, ownUserId: null };
        const changed = list.map((s, i) => (s.receivedAt >= 240_000 ? { ...s, verdict: other[i]! } : s));
        expect(JSON.stringify(board(frozen, changed))).toBe(JSON.stringify(board(frozen, list)));
      }),
    );
  });

  it('tells a player nothing of the others, and of himself everything', () => {
    fc.assert(
      fc.property(rules, twoOutcomes, (given, [list, other]) => {
        const frozen = { ...given, freezeAt: 240_000, ownUserId: 'ada' };
        const changed = list.map((s, i) =>
          s.receivedAt >= 240_000 && s.userId !== 'ada' ? { ...s, verdict: other[i]! } : s,
        );
        expect(JSON.stringify(board(frozen, changed))).toBe(JSON.stringify(board(frozen, list)));
        const own = (rows: LeaderboardRow<string>[]) => {
          const { solved, penalty, cells } = rows.find(({ userId }) => userId === 'ada')!;
          const known = Object.values(cells).map(({ first: _, provisional: __, ...cell }) => cell);
          return { solved, penalty, known };
        };
        expect(own(board(frozen, list))).toEqual(own(board(open(given), list)));
      }),
    );
  });
});

describe('provisional', () => {
  /** Every way the verdicts still awaited can turn out. AC and WA are all that matter to a score. */
  const outcomes = (list: readonly ScoredSubmission[]): ScoredSubmission[][] => {
    const index = list.findIndex((s) => s.verdict === null);
    if (index === -1) return [[...list]];
    return (['AC', 'WA'] as const).flatMap((v) => outcomes(list.with(index, { ...list[index]!, verdict: v })));
  };

  it('says exactly of which solved cells the last word is not spoken', () => {
    const fewPending = submissions.filter((list) => list.filter((s) => s.verdict === null).length <= 4);
    fc.assert(
      fc.property(rules, fewPending, (given, list) => {
        // A judge error may be judged again; here it stays one, which is pending too.
        const known = list.map((s) => (s.verdict === 'JE' ? { ...s, verdict: 'CE' as const } : s));
        const fates = outcomes(known).map((outcome) => board(open(given), outcome));
        for (const { userId, cells } of board(open(given), known)) {
          for (const label of PROBLEMS) {
            const cell = cells[label]!;
            if (cell.state !== 'solved') continue;
            const final = fates.map((rows) => rows.find((row) => row.userId === userId)!.cells[label]!);
            const said = ({ tries, solvedAtSeconds, first }: typeof cell) =>
              JSON.stringify({ tries, solvedAtSeconds, first });
            expect(cell.provisional).toBe(final.some((fate) => said(fate) !== said(cell)));
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});
