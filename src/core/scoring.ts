import type { Cell, LeaderboardRow } from '../contract/leaderboard';
import { VERDICTS, type Instant, type Label, type TimePrecision, type Verdict } from '../contract/terms';
import { contestClock, type Interval } from './contest-clock';

/** As much of a submission as scoring needs. */
export interface ScoredSubmission {
  readonly id: string;
  readonly userId: string;
  readonly problem: Label;
  readonly receivedAt: Instant;
  /** Of its current judgement; null while there is none. */
  readonly verdict: Verdict | null;
}

export interface ScoringRules {
  /** What each charged verdict before an accepted one costs. */
  readonly penaltyMinutes: number;
  readonly timePrecision: TimePrecision;
  readonly startedAt: Instant;
  /** The first moment that is too late, by the clock on the wall; null while there is no end. */
  readonly endsAt: Instant | null;
  /** Time that does not count, on the wall's clock too. The caller has moved `endsAt` and `freezeAt` for it. */
  readonly removed?: readonly Interval[];
  /** Submissions that have no effect at all. */
  readonly ignored?: ReadonlySet<string>;
  /** Minutes added to a player's total penalty; may be negative. */
  readonly adjust?: Readonly<Record<string, number>>;
  /** From this moment on the audience sees every submission as pending; null or left out: it sees all. */
  readonly freezeAt?: Instant | null;
  /** The player who looks: the freeze hides nobody's own verdicts. */
  readonly ownUserId?: string | null;
}

const UNITS = {
  minute: { milliseconds: 60_000, perMinute: 1 },
  second: { milliseconds: 1_000, perMinute: 60 },
} as const;

/** A cell while it is being counted. */
interface Tally {
  tries: number;
  pending: number;
  /** Contest time of the accepted submission, in milliseconds. */
  solvedAfter: number | null;
  first: boolean;
  provisional: boolean;
}

/**
 * Ranks the players by the ICPC rule: more problems solved, then less penalty, then the earlier
 * last accepted submission. Who is equal in all three shares a rank, in the order of `players`.
 *
 * A solved problem costs the contest time it was solved at, rounded down to the precision on its
 * own, and `penaltyMinutes` for each charged verdict before. An unsolved one costs nothing. The
 * last accepted submission is compared in the same rounded unit.
 *
 * `submissions` are in the order they arrived, which decides between those of one millisecond.
 */
export function leaderboard<U extends string>(
  rules: ScoringRules,
  players: readonly { readonly userId: U; readonly name: string }[],
  problems: readonly Label[],
  submissions: readonly ScoredSubmission[],
): LeaderboardRow<U>[] {
  const unit = UNITS[rules.timePrecision];
  const tallies = tally(rules, players, problems, submissions);
  const scored = players.map(({ userId, name }) => {
    const sheet = tallies.get(userId)!;
    let solved = 0;
    let last = 0;
    let penalty = adjustment(rules, userId) * unit.perMinute;
    for (const { solvedAfter, tries } of sheet.values()) {
      if (solvedAfter === null) continue;
      const time = Math.floor(solvedAfter / unit.milliseconds);
      solved += 1;
      penalty += time + (tries - 1) * rules.penaltyMinutes * unit.perMinute;
      last = Math.max(last, time);
    }
    const cells = Object.fromEntries(Array.from(sheet, ([label, counted]) => [label, cellOf(counted)]));
    return { userId, name, solved, penalty, last, cells };
  });
  type Scored = (typeof scored)[number];
  const order = (a: Scored, b: Scored) => b.solved - a.solved || a.penalty - b.penalty || a.last - b.last;

  let rank = 1;
  return scored.toSorted(order).map(({ last: _, ...row }, index, sorted) => {
    if (index > 0 && order(sorted[index - 1]!, sorted[index]!) < 0) rank = index + 1;
    return { rank, ...row };
  });
}

/** Who alone is first on a board that hides nothing; null is a draw. */
export function winnerOf<U extends string>(rows: readonly LeaderboardRow<U>[]): U | null {
  const [best, ...others] = rows.filter((row) => row.rank === 1);
  return best === undefined || others.length > 0 ? null : best.userId;
}

/**
 * Counts every player's submissions to every problem, in receipt order, up to the first accepted.
 *
 * Photo finish: an accepted submission is provisional while one received earlier could still
 * change what its cell says. For the first accepted of all that is any pending one on the problem:
 * it may be the true first. For a later one the race is lost, and only its own player's count: they
 * may move its time or cost a try. So a first solver is named once nothing before him is awaited,
 * his own submissions included.
 */
function tally(
  rules: ScoringRules,
  players: readonly { readonly userId: string }[],
  problems: readonly Label[],
  submissions: readonly ScoredSubmission[],
): Map<string, Map<Label, Tally>> {
  const blank = (): Tally => ({ tries: 0, pending: 0, solvedAfter: null, first: false, provisional: false });
  const tallies = new Map(players.map((p) => [p.userId, new Map(problems.map((label) => [label, blank()]))]));
  const races = new Map(problems.map((label) => [label, { pending: 0, won: false }]));
  const clock = contestClock(rules.startedAt, rules.removed ?? []);

  const inOrder = submissions.filter((s) => counts(rules, s)).toSorted((a, b) => a.receivedAt - b.receivedAt);
  for (const submission of inOrder) {
    const own = tallies.get(submission.userId)?.get(submission.problem);
    const race = races.get(submission.problem);
    if (own === undefined || race === undefined || own.solvedAfter !== null) continue;

    // No verdict, and none that holds, are the same to a score.
    const { pending, charged, solved } = VERDICTS[visibleVerdict(rules, submission) ?? 'JE'];
    if (pending) {
      own.pending += 1;
      race.pending += 1;
    }
    if (charged || solved) own.tries += 1;
    if (solved) {
      own.solvedAfter = clock.elapsedAt(submission.receivedAt);
      own.provisional = (race.won ? own : race).pending > 0;
      own.first = !race.won && !own.provisional;
      race.won = true;
    }
  }
  return tallies;
}

/** A submission counts iff it was received from the start on and before the end, and nobody set it aside. */
function counts({ startedAt, endsAt, ignored }: ScoringRules, { id, receivedAt }: ScoredSubmission): boolean {
  return startedAt <= receivedAt && receivedAt < (endsAt ?? Infinity) && !ignored?.has(id);
}

/** In the freeze every verdict but one's own is still to come, even one that would not have counted. */
function visibleVerdict({ freezeAt, ownUserId }: ScoringRules, submission: ScoredSubmission): Verdict | null {
  const frozen = submission.receivedAt >= (freezeAt ?? Infinity) && submission.userId !== ownUserId;
  return frozen ? null : submission.verdict;
}

function adjustment({ adjust }: ScoringRules, userId: string): number {
  return adjust !== undefined && Object.hasOwn(adjust, userId) ? adjust[userId]! : 0;
}

function cellOf({ solvedAfter, tries, pending, first, provisional }: Tally): Cell {
  const solvedAtSeconds = solvedAfter === null ? null : Math.floor(solvedAfter / 1000);
  const state = solvedAfter !== null ? 'solved' : pending > 0 ? 'pending' : tries > 0 ? 'tried' : 'untouched';
  return { state, tries, pending, solvedAtSeconds, first, provisional };
}
