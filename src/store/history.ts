import { In, type EntityManager } from 'typeorm';
import type { LeaderboardRow } from '../contract/leaderboard';
import type { Instant } from '../contract/terms';
import { rated } from '../core/rating';
import { opponentOf, type Room } from '../core/room';
import { HistoryRow, UserRow } from './tables/people';

const SCORES = { win: 1, draw: 0.5, loss: 0 } as const satisfies Record<HistoryRow['outcome'], number>;

/**
 * Writes what a final contest leaves to its players: one row each, and one change of rating unless
 * the contest was casual. Its rows are locked in the order of their ids, so that two contests that
 * become final at once cannot wait for each other.
 */
export async function writeHistory(
  tx: EntityManager,
  room: Room,
  leaderboard: readonly LeaderboardRow[],
  at: Instant,
): Promise<void> {
  const users = await tx.find(UserRow, {
    where: { id: In(room.players.map(({ userId }) => userId)) },
    order: { id: 'ASC' },
    lock: { mode: 'for_no_key_update' },
  });
  const rows = room.players.flatMap((player) => {
    const opponent = opponentOf(room, player.userId);
    const before = users.find(({ id }) => id === player.userId);
    const other = users.find(({ id }) => id === opponent?.userId);
    const row = leaderboard.find(({ userId }) => userId === player.userId);
    if (!opponent || !before || !other || !row) return [];
    const outcome: HistoryRow['outcome'] =
      room.winnerId === null ? 'draw' : room.winnerId === player.userId ? 'win' : 'loss';
    const after = room.casual ? before : rated(before, other, SCORES[outcome]);
    const { rank, solved, penalty } = row;
    const { rating, ratingDeviation, ratingVolatility } = after;
    return {
      history: {
        ...{ roomId: room.id, userId: player.userId, opponentId: opponent.userId, opponentName: opponent.name },
        ...{ outcome, reason: room.endReason ?? '', rank, solved, penalty, casual: room.casual, finalizedAt: at },
        ...{ ratingBefore: before.rating, ratingAfter: rating },
      },
      rating: { id: player.userId, rating, ratingDeviation, ratingVolatility },
    };
  });
  await tx.insert(
    HistoryRow,
    rows.map(({ history }) => history),
  );
  if (room.casual) return;
  await tx.query(
    `UPDATE users SET rating = r.rating, rating_deviation = r."ratingDeviation", rating_volatility = r."ratingVolatility"
      FROM jsonb_to_recordset($1::jsonb) AS r (id text, rating float8, "ratingDeviation" float8, "ratingVolatility" float8)
      WHERE users.id = r.id`,
    [JSON.stringify(rows.map(({ rating }) => rating))],
  );
}
