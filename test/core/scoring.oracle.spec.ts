import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { scoreFileShape, type ScoreCase } from '../../src/contract/score-file';
import type { Verdict } from '../../src/contract/terms';
import { scoreCase } from '../../src/core/score-file';
import { leaderboard } from '../../src/core/scoring';

interface Duel {
  readonly id: string;
  readonly title: string;
  readonly expected: Record<string, { solved: number; time: number; rank: number }>;
  readonly expectedCells?: Record<string, Record<string, object>>;
  readonly expectedFirstToSolve?: Record<string, string>;
}

interface Contest {
  readonly name: string;
  readonly durationMs: number;
  readonly penaltyMinutes: number;
  readonly submissions: readonly { team: string; problem: string; atMs: number; verdict: Verdict; seq: number }[];
  readonly expected: readonly { team: string; solved: number; penalty: number; rank: number }[];
}

const duels = read('duels.json') as Duel[];
const cases = scoreFileShape.parse(duels);

describe.each(duels.map((duel, index) => ({ ...duel, given: cases[index]! })))('duel $id: $title', (duel) => {
  const { rows, firstToSolve } = scoreCase(duel.given);

  it('has the expected rows', () => {
    const shown = rows.map(({ team, solved, penalty: time, rank }) => [team, { solved, time, rank }]);
    expect(Object.fromEntries(shown)).toEqual(duel.expected);
  });

  it('lists the rows by rank', () => {
    const ranks = rows.map(({ rank }) => rank);
    expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
  });

  if (duel.expectedCells) {
    it('has the expected cells', () => {
      const cells = Object.fromEntries(rows.map((row) => [row.team, row.cells]));
      for (const [team, expected] of Object.entries(duel.expectedCells!)) {
        for (const [label, cell] of Object.entries(expected)) expect(cells[team]?.[label]).toEqual(cell);
      }
    });
  }

  if (duel.expectedFirstToSolve) {
    it('has the expected first solvers', () => expect(firstToSolve).toEqual(duel.expectedFirstToSolve));
  }
});

describe.each(['contest-1.json', 'contest-2.json'])('the real contest %s', (file) => {
  const contest = read(file) as Contest;
  const byTeam = (a: { team: string }, b: { team: string }) => (a.team < b.team ? -1 : 1);
  const expected = contest.expected.map(({ team, solved, penalty, rank }) => ({ team, solved, penalty, rank }));

  it('comes out as published, from the rule itself', () => {
    const board = leaderboard(
      { penaltyMinutes: contest.penaltyMinutes, timePrecision: 'minute', startedAt: 0, endsAt: contest.durationMs },
      contest.expected.map(({ team }) => ({ userId: team, name: team })),
      [...new Set(contest.submissions.map(({ problem }) => problem))],
      contest.submissions.map((s) => ({ ...s, id: String(s.seq), userId: s.team, receivedAt: s.atMs })),
    );
    const shown = board.map(({ userId: team, solved, penalty, rank }) => ({ team, solved, penalty, rank }));
    expect(shown.toSorted(byTeam)).toEqual(expected.toSorted(byTeam));
  });

  it('comes out as published, from a file', () => {
    const { rows } = scoreCase(asCase(contest));
    const shown = rows.map(({ team, solved, penalty, rank }) => ({ team, solved, penalty, rank }));
    expect(shown.toSorted(byTeam)).toEqual(expected.toSorted(byTeam));
  });
});

function asCase({ durationMs, penaltyMinutes, expected, submissions }: Contest): ScoreCase {
  return {
    contest: { durationMs, penaltyMin: penaltyMinutes },
    teams: expected.map(({ team }) => team),
    submissions: submissions.map((s) => ({ ...s, id: String(s.seq) })),
    judgements: submissions.map(({ seq, verdict }) => ({ sub: String(seq), verdict })),
  };
}

function read(file: string): unknown {
  return JSON.parse(readFileSync(join(__dirname, '..', 'oracle', file), 'utf8'));
}
