import { z } from 'zod';
import {
  LabelShape,
  LanguageIdShape,
  LeaderboardShape,
  EndReason,
  Moment,
  RoomIdShape,
  RoomShape,
  RoomSubmissionShape,
  SubmissionIdShape,
  UserIdShape,
  VerdictShape,
} from './shapes';
import type { Instant, RoomId } from './terms';
import type { Inside } from './wire';

const player = { userId: UserIdShape, name: z.string(), seat: z.union([z.literal(1), z.literal(2)]) };
const board = LeaderboardShape;
/** All submissions of the contest, where some were hidden from some readers until now. */
const submissions = z.array(RoomSubmissionShape).optional();
const opened = RoomShape.pick({ code: true, hostId: true, settings: true, locked: true, casual: true });

/** What can happen in a room, and what is said of it: the names are `subject.participle`. */
export const EVENTS = {
  'room.opened': opened,
  'player.joined': z.object({ ...player, guest: z.boolean() }),
  'player.left': z.object(player),
  'player.ready': z.object({ ...player, ready: z.boolean() }),
  'player.kicked': z.object(player),
  'contest.scheduled': z.object({ startsAt: Moment }),
  'contest.started': z.object({ startedAt: Moment, endsAt: Moment, problems: z.array(LabelShape) }),
  'submission.received': z.object({
    ...player,
    submissionId: SubmissionIdShape,
    problem: LabelShape,
    language: LanguageIdShape,
    receivedAt: Moment,
  }),
  'submission.judged': z.object({
    ...player,
    submissionId: SubmissionIdShape,
    problem: LabelShape,
    language: LanguageIdShape,
    receivedAt: Moment,
    receivedSeq: z.number(),
    verdict: VerdictShape,
    provisional: z.boolean(),
    leaderboard: board,
  }),
  'contest.extended': z.object({ endsAt: Moment }),
  'contest.end-offered': z.object(player),
  'contest.ended': z.object({ endedAt: Moment, reason: EndReason, by: UserIdShape.nullable() }),
  'contest.finalized': z.object({
    finalizedAt: Moment,
    /** null is a draw; absent, like the reason, while a freeze hides the result. */
    winnerId: UserIdShape.nullable().optional(),
    reason: EndReason.optional(),
    leaderboard: board,
    submissions,
  }),
  'contest.revealed': z.object({
    revealedAt: Moment,
    winnerId: UserIdShape.nullable(),
    leaderboard: board,
    submissions,
  }),
  'room.cancelled': z.object({ cancelledAt: Moment, reason: z.enum(['host', 'host-left', 'idle', 'admin']) }),
  'announcement.posted': z.object({ text: z.string() }),
  'rematch.offered': z.object(player),
  'rematch.declined': z.object(player),
  'rematch.accepted': z.object({ roomId: RoomIdShape }),
} as const;

type Shapes = typeof EVENTS;
export type EventType = keyof Shapes;

/** What is stored beyond what any reader is told; see core/view for who may see what. */
interface Secrets {
  'contest.scheduled': { readonly picked?: readonly { readonly label: string; readonly slug: string }[] };
  'submission.judged': Boards & {
    /** Received in the freeze: others learn of it at the reveal. */
    readonly frozen?: boolean;
    /** It had been accepted before: whoever was told so is told this too. */
    readonly retracted?: boolean;
  };
  'contest.finalized': Boards;
}
interface Boards {
  /** Leaderboards for those who may not see the whole one; absent where all see the same. */
  readonly boards?: Readonly<Record<'1' | '2' | 'public', Inside<z.infer<typeof board>>>>;
}

export type EventData<T extends EventType> = Readonly<Inside<z.infer<Shapes[T]>>> &
  (T extends keyof Secrets ? Secrets[T] : unknown);

/** Something that happened, before it has its place in the log. */
export type Happening = { [T in EventType]: { readonly type: T; readonly data: EventData<T> } }[EventType];

/** An event as a room's log holds it. Within a room, seq is 1, 2, 3 … without a gap. */
export type RoomEvent = Happening & { readonly roomId: RoomId; readonly seq: number; readonly at: Instant };

/** An event as one reader gets it. What he may not see keeps its number and nothing else, so that numbering neither gaps nor leaks. */
export type SeenEvent = RoomEvent | { readonly roomId: RoomId; readonly seq: number };

export const SeenEventShape = z.union([
  z.object({
    roomId: RoomIdShape,
    seq: z.number(),
    type: z.enum(Object.keys(EVENTS) as [EventType, ...EventType[]]),
    at: Moment,
    data: z.record(z.string(), z.unknown()),
  }),
  z.strictObject({ roomId: RoomIdShape, seq: z.number() }),
]);
