import type { LeaderboardRow } from '../../src/contract/leaderboard';
import type { UserId } from '../../src/contract/terms';
import type { Room } from '../../src/core/room';
import { durationText } from '../core/server-clock';
import { penaltyText } from './room';

interface Result {
  /** Such as "You win". */
  readonly title: string;
  /** Why: "2–1 solved", "penalty 74 vs 91", "the last accepted at 31:05 against 40:00". */
  readonly why: string;
}

/** How a final duel came out, as somebody reads it. While a freeze hides the result nobody has won yet. */
export function resultOf(room: Room, board: readonly LeaderboardRow[], me: UserId): Result {
  if (isSealed(room))
    return { title: 'The result is sealed', why: 'The board was frozen. The host reveals it, or it opens by itself.' };
  const winner = board.find(({ userId }) => userId === room.winnerId);
  if (!winner) return { title: 'A draw', why: onTheBoard(room, board) };
  const title = winner.userId === me ? 'You win' : `${winner.name} wins`;
  const other = board.find(({ userId }) => userId !== room.winnerId);
  const loser = other?.userId === me ? 'You' : (other?.name ?? 'The opponent');
  return { title, why: HOW[room.endReason ?? 'time'](room, board, loser) };
}

type How = (room: Room, board: readonly LeaderboardRow[], loser: string) => string;
const HOW: Readonly<Record<NonNullable<Room['endReason']>, How>> = {
  time: onTheBoard,
  host: (room, board) => `${onTheBoard(room, board)}; the host ended the duel`,
  agreed: (room, board) => `${onTheBoard(room, board)}; both agreed to end`,
  resign: (_room, _board, loser) => `${loser} resigned`,
  forfeit: (_room, _board, loser) => `${loser} ${loser === 'You' ? 'were' : 'was'} gone`,
};

/** What decided between the two lines of the board. */
function onTheBoard(room: Room, [first, second]: readonly LeaderboardRow[]): string {
  if (!first || !second) return '';
  if (first.solved !== second.solved) return `${first.solved}–${second.solved} solved`;
  if (first.penalty !== second.penalty)
    return `${first.solved} solved each, penalty ${penaltyText(first.penalty, room)} against ${penaltyText(second.penalty, room)}`;
  const [a, b] = [lastSolved(first), lastSolved(second)];
  if (first.rank !== second.rank && a !== null && b !== null)
    return `Equal in all, but the last accepted at ${durationText(a)} against ${durationText(b)}`;
  return first.solved === 0 ? 'Nobody solved a problem' : `${first.solved} solved each, with the same penalty`;
}

function lastSolved({ cells }: LeaderboardRow): number | null {
  const times = Object.values(cells).flatMap(({ solvedAtSeconds }) =>
    solvedAtSeconds === null ? [] : [solvedAtSeconds],
  );
  return times.length === 0 ? null : Math.max(...times);
}

export const NO_RESULT_WORDS = {
  title: 'No result for you here',
  says: 'There is no such duel, or you were not in it: a result is shown to those who played it and those who watched.',
} as const;

/** Whether a freeze still hides how it came out. */
export const isSealed = ({ settings, revealedAt }: Room): boolean => settings.freezeMinutes > 0 && revealedAt === null;

/** A result for those who were not there, on one line. */
export function resultLine(room: Room, board: readonly LeaderboardRow[]): string {
  const { why } = resultOf(room, board, NOBODY);
  const names = board.map(({ name }) => name);
  const winner = board.find(({ userId }) => userId === room.winnerId);
  const loser = board.find(({ userId }) => userId !== room.winnerId);
  if (winner && loser) return `${winner.name} beat ${loser.name}: ${why}.`;
  return `${names.join(' and ')}: ${why}.`;
}
const NOBODY: UserId = 'user_';

/** What became of a rating, such as "1500 → 1512 (+12)". */
export function ratingText({ ratingBefore, ratingAfter }: { ratingBefore: number; ratingAfter: number }): string {
  const [before, after] = [Math.round(ratingBefore), Math.round(ratingAfter)];
  return `${before} → ${after} (${signed(after - before)})`;
}

/** A change with its sign; a minus, not a hyphen. */
export const signed = (change: number): string => (change > 0 ? `+${change}` : change < 0 ? `−${-change}` : '±0');
