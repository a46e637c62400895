import { z } from 'zod';
import { CurrentVerdict, DifficultyShape, LanguageIdShape, Moment, SlugShape } from './shapes';

/* What is counted, and what is remembered of who did what. */

const Window = { fromAt: Moment, toAt: Moment };
export const Analytics = z.object({
  ...Window,
  users: z.object({
    total: z.number(),
    new: z.number(),
    newGuests: z.number(),
    /** Who submitted something. */
    active: z.number(),
  }),
  rooms: z.object({ opened: z.number(), started: z.number(), finalized: z.number(), cancelled: z.number() }),
  submissions: z.object({
    total: z.number(),
    byLanguage: z.array(z.object({ language: LanguageIdShape, count: z.number(), accepted: z.number() })),
    byVerdict: z.array(z.object({ verdict: CurrentVerdict, count: z.number() })),
  }),
  /** Every hour that touches the window, also those in which nothing happened. */
  perHour: z.array(z.object({ at: Moment, users: z.number(), rooms: z.number(), submissions: z.number() })),
});
/** How a problem did: what was submitted in the window, and by how many players it was tried and solved in it. */
export const ProblemFigures = z.object({
  slug: SlugShape,
  title: z.string(),
  difficulty: DifficultyShape,
  submissions: z.number(),
  accepted: z.number(),
  tried: z.number(),
  solved: z.number(),
  /** solved / tried. */
  passRate: z.number(),
});

export const AuditEntry = z.object({
  id: z.number(),
  at: Moment,
  /** A user, or `cli`: whoever has the machine. */
  actor: z.string(),
  /** null for the machine. */
  actorName: z.string().nullable(),
  /** Such as `user.ban`. */
  action: z.string(),
  subject: z.string(),
  /** What is worth knowing of it; where something was changed, `from` and `to`. */
  detail: z.record(z.string(), z.unknown()),
  requestId: z.string().nullable(),
});
