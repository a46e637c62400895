import { isDeepStrictEqual } from 'node:util';
import type { Player } from './player';
import type { Board, EventOf, WireEvent } from './wire';

/** What the demo settles for its room; the check computes with it. */
export interface Rules {
  readonly minutes: number;
  readonly penaltyMinutes: number;
}

/**
 * Holds what both players saw against what the rules demand. The board is computed here once more,
 * from receipts alone: nothing of the server's own scoring is used.
 *
 * @returns what is wrong, in sentences; nothing when the board is right.
 */
export function complaints(players: readonly [Player, Player], board: Board, winner: Player, rules: Rules): string[] {
  const [one, two] = players;
  const wrong: string[] = [];
  const claim = (holds: boolean, otherwise: string) => {
    if (!holds) wrong.push(otherwise);
  };

  for (const { name, events } of players)
    claim(
      events.every(({ seq }, index) => seq === index + 1),
      `${name}'s events are not numbered 1, 2, 3 …`,
    );
  claim(
    isDeepStrictEqual(asSeenByBoth(one.events), asSeenByBoth(two.events)),
    'The two players did not see the same events.',
  );

  const started = all(one.events, 'contest.started')[0]!.data;
  const endings = all(one.events, 'contest.ended');
  const finals = all(one.events, 'contest.finalized');
  claim(endings.length === 1 && finals.length === 1, 'The contest did not end and become final exactly once.');
  const planned = Date.parse(started.startedAt) + rules.minutes * 60_000;
  claim(Date.parse(endings[0]!.data.endedAt) === planned, 'The contest did not end at the planned millisecond.');

  const receipts = players.flatMap((player) => player.receipts);
  const ids = new Set(receipts.map(({ submissionId }) => submissionId));
  const received = all(one.events, 'submission.received');
  const judged = all(one.events, 'submission.judged');
  claim(received.length === ids.size, `${ids.size} submissions were accepted, the log has ${received.length}.`);
  for (const { submissionId, receivedAt, program } of receipts) {
    const verdicts = judged.filter(({ data }) => data.submissionId === submissionId).map(({ data }) => data.verdict);
    claim(
      verdicts.join() === program.deserves,
      `A ${program.deserves} program was judged ${verdicts.join() || 'never'}.`,
    );
    const at = received.find(({ data }) => data.submissionId === submissionId)?.data.receivedAt;
    claim(at === receivedAt, `A receipt says ${receivedAt}, the log says ${at ?? 'nothing'}.`);
  }

  const expected = players
    .map((player) => ({ userId: player.userId, ...scoreOf(player, Date.parse(started.startedAt), rules) }))
    .sort((a, b) => b.solved - a.solved || a.penalty - b.penalty)
    .map(({ userId, solved, penalty }, index) => ({ rank: index + 1, userId, solved, penalty }));
  const brief = (rows: Board) => rows.map(({ rank, userId, solved, penalty }) => ({ rank, userId, solved, penalty }));
  for (const [where, rows] of Object.entries({ answered: board, announced: finals[0]!.data.leaderboard.rows }))
    claim(
      JSON.stringify(brief(rows)) === JSON.stringify(expected),
      `The board ${where} is ${JSON.stringify(brief(rows))}, it should be ${JSON.stringify(expected)}.`,
    );
  claim(finals[0]!.data.winnerId === winner.userId, `${winner.name} should have won.`);
  return wrong;
}

/** ICPC: the second of the first accepted one, and the penalty for every charged one before it. */
function scoreOf({ receipts }: Player, startedAt: number, { penaltyMinutes }: Rules) {
  const score = { solved: 0, penalty: 0 };
  const inOrder = receipts.toSorted((a, b) => a.receivedAt.localeCompare(b.receivedAt));
  for (const problem of new Set(receipts.map(({ program }) => program.problem))) {
    const tries = inOrder.filter(({ program }) => program.problem === problem);
    const accepted = tries.findIndex(({ program }) => program.deserves === 'AC');
    if (accepted === -1) continue;
    const charged = tries.slice(0, accepted).filter(({ program }) => program.deserves !== 'CE').length;
    score.solved += 1;
    score.penalty += Math.floor((Date.parse(tries[accepted]!.receivedAt) - startedAt) / 1000);
    score.penalty += charged * penaltyMinutes * 60;
  }
  return score;
}

const all = <T extends NonNullable<WireEvent['type']>>(events: readonly WireEvent[], type: T) =>
  events.filter((event) => event.type === type) as unknown as EventOf<T>[];

/** What a host knows beforehand of the problems he chose is the one thing the other does not see. */
const asSeenByBoth = (events: readonly WireEvent[]): object[] =>
  events.map((event) => (event.type === 'room.opened' ? { ...event, data: null } : event));
