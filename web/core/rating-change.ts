import type { RoomId, UserId } from '../../src/contract/terms';
import type { AnswerOf, Api } from './api';

export type HistoryItem = AnswerOf<'GET /api/users/:userId/history'>['items'][number];

/**
 * What one contest left in a player's history, or null where it left nothing. History goes from the
 * newest on, so nothing past the contest's own moment has to be read.
 */
export async function historyOf(
  api: Api,
  userId: UserId,
  { id: roomId, finalizedAt }: { readonly id: RoomId; readonly finalizedAt: number | null },
): Promise<HistoryItem | null> {
  let cursor: string | undefined;
  do {
    const { items, next } = await api.ask('GET /api/users/:userId/history', { params: { userId }, query: { cursor } });
    const found = items.find((item) => item.roomId === roomId);
    if (found) return found;
    const isPast = (items.at(-1)?.finalizedAt ?? 0) < (finalizedAt ?? 0);
    cursor = isPast ? undefined : (next ?? undefined);
  } while (cursor !== undefined);
  return null;
}

/** A rating on a curve: before the first contest, and after each. Casual contests change nothing and make no point. */
interface RatingPoint {
  readonly at: number | null;
  readonly rating: number;
}

/** The curve of a rating from its history, which comes newest first. */
export function ratingCurve(history: readonly HistoryItem[]): RatingPoint[] {
  const rated = history.filter(({ casual }) => !casual).toReversed();
  const [first] = rated;
  if (!first) return [];
  return [
    { at: null, rating: first.ratingBefore },
    ...rated.map(({ finalizedAt, ratingAfter }) => ({ at: finalizedAt, rating: ratingAfter })),
  ];
}
