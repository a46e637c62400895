import type { LeaderboardRow } from '../contract/leaderboard';
import type { ScoreCase } from '../contract/score-file';
import type { Verdict } from '../contract/terms';
import { contestClock } from './contest-clock';
import { leaderboard, type ScoredSubmission } from './scoring';

const MINUTE = 60_000;

/** What `score` prints of one contest. */
interface ScoreResult {
  readonly rows: readonly {
    readonly team: string;
    readonly solved: number;
    readonly penalty: number;
    readonly rank: number;
    /** Of every problem that anybody submitted to. */
    readonly cells: Readonly<Record<string, ScoreCell>>;
  }[];
  /** Only problems whose first solver is known for good. */
  readonly firstToSolve: Readonly<Record<string, string>>;
}

interface ScoreCell {
  /** Charged tries, plus the accepted one. */
  readonly judged: number;
  readonly pending: number;
  readonly solved: boolean;
  /** The minute it was solved in. */
  readonly time: number | null;
}

/**
 * The board of a contest in a file, by the same rule as a room's, to the minute. Its start is
 * moment 0. A removed interval moves the end and the freeze, for a contest keeps its length.
 */
export function scoreCase(given: ScoreCase): ScoreResult {
  const { contest, teams } = given;
  const removed = given.removed ?? [];
  const clock = contestClock(0, removed);
  const duration = contest.durationMs ?? (contest.durationMin ?? 0) * MINUTE;
  const freezes = given.view === 'public' && contest.thawed !== true;
  const rows = leaderboard(
    {
      penaltyMinutes: contest.penaltyMin,
      timePrecision: 'minute',
      startedAt: 0,
      endsAt: clock.momentAt(duration),
      removed,
      ignored: new Set(given.ignored),
      adjust: given.adjust ?? {},
      freezeAt: freezes && typeof contest.freezeMin === 'number' ? clock.momentAt(contest.freezeMin * MINUTE) : null,
    },
    teams.map((team) => ({ userId: team, name: team })),
    [...new Set(given.submissions.map(({ problem }) => problem))].sort(),
    submissionsOf(given),
  );
  return { rows: rows.map(rowOf), firstToSolve: Object.fromEntries(rows.flatMap(firsts)) };
}

/** In order of arrival, each id once, with the verdict of its last current judgement. */
function submissionsOf({ submissions, judgements }: ScoreCase): ScoredSubmission[] {
  const verdicts = new Map<string, Verdict | null>();
  for (const { sub, verdict, current } of judgements) {
    if (current !== false) verdicts.set(sub, verdict === 'PENDING' ? null : verdict);
  }
  const numbered = submissions.every(({ seq }) => typeof seq === 'number');
  const arrived = numbered ? submissions.toSorted((a, b) => a.seq! - b.seq!) : submissions;
  const seen = new Set<string>();
  return arrived.flatMap(({ id, team, problem, atMs }) => {
    if (seen.has(id)) return [];
    seen.add(id);
    return [{ id, userId: team, problem, receivedAt: atMs, verdict: verdicts.get(id) ?? null }];
  });
}

function rowOf({ userId, solved, penalty, rank, cells }: LeaderboardRow<string>): ScoreResult['rows'][number] {
  const scoreCells = Object.entries(cells).map(([label, { tries, pending, solvedAtSeconds }]) => [
    label,
    {
      judged: tries,
      pending,
      solved: solvedAtSeconds !== null,
      time: solvedAtSeconds === null ? null : Math.floor(solvedAtSeconds / 60),
    },
  ]);
  return { team: userId, solved, penalty, rank, cells: Object.fromEntries(scoreCells) as Record<string, ScoreCell> };
}

function firsts({ userId, cells }: LeaderboardRow<string>): [string, string][] {
  return Object.entries(cells).flatMap(([label, { first }]) => (first ? [[label, userId]] : []));
}
