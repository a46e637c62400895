import { z } from 'zod';
import { LanguageIdShape, Moment, RoomIdShape, SessionIdShape, UserIdShape, UserShape } from './shapes';

/* What only one or two requests are answered with. What travels more often is in shapes.ts. */

export const page = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), next: z.string().nullable() });
export const SignedIn = z.object({ accessToken: z.string(), expiresAt: Moment, user: UserShape });

export const Session = z.object({
  id: SessionIdShape,
  createdAt: Moment,
  lastSeenAt: Moment,
  /** Such as `Firefox on Linux`; null: nothing that is known. */
  agent: z.string().nullable(),
  /** The one that asks. */
  current: z.boolean(),
});
export const Stats = z.object({
  contests: z.number(),
  wins: z.number(),
  losses: z.number(),
  draws: z.number(),
  solved: z.number(),
  winRate: z.number().nullable(),
  rating: z.number(),
});
export const HistoryItem = z.object({
  roomId: RoomIdShape,
  finalizedAt: Moment,
  opponent: z.object({ userId: UserIdShape, name: z.string() }).nullable(),
  outcome: z.enum(['win', 'loss', 'draw']),
  reason: z.string(),
  rank: z.number(),
  solved: z.number(),
  penalty: z.number(),
  casual: z.boolean(),
  ratingBefore: z.number(),
  ratingAfter: z.number(),
});
export const Language = z.object({
  id: LanguageIdShape,
  name: z.string(),
  version: z.string(),
  extension: z.string(),
  template: z.string(),
  /** A problem's time limit counts so many times, and its memory limit is so much higher. */
  timeFactor: z.number(),
  memoryExtraMiB: z.number(),
});

const PartHealth = z.object({ ok: z.boolean(), says: z.string(), since: Moment });
/** `degraded`: what is asked is answered, but something is missing that others wait for; 503 where `unavailable` or `draining`. */
export const Health = z.object({
  status: z.enum(['ok', 'degraded', 'unavailable', 'draining']),
  database: PartHealth,
  queue: PartHealth,
  bus: PartHealth,
  judge: PartHealth,
});
