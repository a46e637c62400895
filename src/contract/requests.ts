import { z } from 'zod';
import { DifficultyShape, NameShape, SettingsShape, SourceShape, TextShape, UserIdShape } from './shapes';

/** The bodies and queries a request may have. Strict: a field that is not listed is refused. */

export const Cursor = z.string().max(200).optional();
export const SearchText = TextShape.max(100).optional();

export const GuestSignIn = z.strictObject({ name: NameShape });

export const LeaveForGoogle = z.strictObject({ returnTo: z.string().max(500).optional() });

export const OpenRoom = z
  .strictObject({
    settings: SettingsShape.extend({
      password: z.string().min(1).max(100).nullable().optional(),
    }).optional(),
  })
  .refine(({ settings }) => !settings || settings.freezeMinutes <= settings.minutes, {
    message: 'The freeze cannot be longer than the contest.',
    path: ['settings', 'freezeMinutes'],
  })
  .optional();
export const JoinRoom = z.strictObject({
  code: TextShape.min(1).max(200),
  password: z.string().max(100).optional(),
  as: z.enum(['player', 'spectator']).default('player'),
});
export const Nothing = z.strictObject({}).optional();
export const SetReady = z.strictObject({ ready: z.boolean() });
export const Kick = z.strictObject({ userId: UserIdShape });
export const Extend = z.strictObject({ minutes: z.number().min(0.1).max(300) });
export const Rematch = z.strictObject({ answer: z.enum(['offer', 'withdraw', 'accept', 'decline']) });
const Key = z.string().regex(/^[\x21-\x7e]{1,100}$/, 'A key has 1 to 100 visible ASCII characters.');
export const Submit = z.strictObject({
  /** A label; one that is not of this room is a problem that does not exist. */
  problem: z.string().max(64),
  language: z.string().max(40),
  source: SourceShape,
  key: Key,
});
export const Try = z.strictObject({
  problem: z.string().max(64),
  language: z.string().max(40),
  source: SourceShape,
  input: z.string().optional(),
});

export const ProblemQuery = z.strictObject({
  search: SearchText,
  difficulty: DifficultyShape.optional(),
  tag: TextShape.max(40).optional(),
  cursor: Cursor,
});
export const PageQuery = z.strictObject({ cursor: Cursor });
export const EventsQuery = z.strictObject({
  after: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).default(0),
});
