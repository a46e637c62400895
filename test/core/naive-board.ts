import type { LeaderboardRow } from '../../src/contract/leaderboard';
import type { ScoredSubmission, ScoringRules } from '../../src/core/scoring';

/**
 * The rules once more, and in no way like core/scoring: a loop over players and problems that asks
 * each question anew of the whole history, and ranks by counting who is better. Rows by player.
 */
export function naiveBoard(
  given: ScoringRules,
  players: readonly string[],
  problems: readonly string[],
  list: readonly ScoredSubmission[],
): Record<string, LeaderboardRow<string>> {
  const unitMs = given.timePrecision === 'minute' ? 60_000 : 1000;
  const perTry = (given.penaltyMinutes * 60_000) / unitMs;
  const all = list
    .map((s, arrival) => ({ ...s, arrival }))
    .filter((s) => s.receivedAt >= given.startedAt && (given.endsAt === null || s.receivedAt < given.endsAt))
    .filter((s) => !given.ignored!.has(s.id) && players.includes(s.userId) && problems.includes(s.problem))
    .map((s) => {
      const hidden = given.freezeAt != null && s.receivedAt >= given.freezeAt && s.userId !== given.ownUserId;
      const seen = hidden || s.verdict === 'JE' ? null : s.verdict;
      return { ...s, seen };
    });
  type Seen = (typeof all)[number];
  const before = (a: Seen, b: Seen) =>
    a.receivedAt < b.receivedAt || (a.receivedAt === b.receivedAt && a.arrival < b.arrival);
  const contestMs = (moment: number) => {
    // Cut the line of time at every end of an interval, and add up the pieces no interval covers.
    const cuts = [given.startedAt, moment, ...given.removed!.flat()].filter((t) => t >= given.startedAt && t <= moment);
    cuts.sort((a, b) => a - b);
    let sum = 0;
    for (let i = 1; i < cuts.length; i += 1) {
      const [from, to] = [cuts[i - 1]!, cuts[i]!];
      if (!given.removed!.some(([a, b]) => a <= from && to <= b)) sum += to - from;
    }
    return sum;
  };
  const accepted = (userId: string, problem: string) =>
    all.find(
      (s) =>
        s.userId === userId && s.problem === problem && s.seen === 'AC' &&
        !all.some((o) => o.userId === userId && o.problem === problem && o.seen === 'AC' && before(o, s)),
    ); // prettier-ignore

  const drafts = players.map((userId) => {
    let [solved, penalty, last] = [0, ((given.adjust?.[userId] ?? 0) * 60_000) / unitMs, 0];
    const cells: Record<string, LeaderboardRow['cells'][string]> = {};
    for (const problem of problems) {
      const ac = accepted(userId, problem);
      const mine = all.filter((s) => s.userId === userId && s.problem === problem && (!ac || before(s, ac)));
      const charged = mine.filter((s) => ['WA', 'TLE', 'MLE', 'OLE', 'RTE'].includes(s.seen ?? '')).length;
      const pending = mine.filter((s) => s.seen === null).length;
      if (!ac) {
        const state = pending > 0 ? 'pending' : charged > 0 ? 'tried' : 'untouched';
        cells[problem] = { state, tries: charged, pending, solvedAtSeconds: null, first: false, provisional: false };
        continue;
      }
      const time = Math.floor(contestMs(ac.receivedAt) / unitMs);
      solved += 1;
      penalty += time + perTry * charged;
      last = time > last ? time : last;
      const beaten = players.some((other) => {
        const theirs = accepted(other, problem);
        return theirs !== undefined && before(theirs, ac);
      });
      const awaited = all.some((s) => s.problem === problem && s.seen === null && before(s, ac));
      cells[problem] = {
        state: 'solved',
        tries: charged + 1,
        pending,
        solvedAtSeconds: Math.floor(contestMs(ac.receivedAt) / 1000),
        first: !beaten && !awaited,
        provisional: beaten ? pending > 0 : awaited,
      };
    }
    return { userId, name: userId, solved, penalty, last, cells };
  });
  const rows = drafts.map(({ last, ...row }) => {
    const better = drafts.filter(
      (o) =>
        o.solved > row.solved ||
        (o.solved === row.solved && o.penalty < row.penalty) ||
        (o.solved === row.solved && o.penalty === row.penalty && o.last < last),
    );
    return [row.userId, { ...row, rank: better.length + 1 }] as const;
  });
  return Object.fromEntries(rows);
}
