import { z } from 'zod';
import { Stats } from './answers';
import {
  CurrentVerdict,
  EndReason,
  LabelShape,
  LanguageIdShape,
  LeaderboardShape,
  Moment,
  RejudgeIdShape,
  RoomIdShape,
  SessionIdShape,
  SlugShape,
  SubmissionIdShape,
  TestShape,
  UserIdShape,
  UserShape,
  VerdictShape,
} from './shapes';

/* What our own staff is answered of people, rooms and judging. What it may ask is in admin-requests.ts. */

/** Somebody with what only staff may know of him. There is no mail address to know: people are known by issuer and subject. */
export const AdminUser = UserShape.extend({
  createdAt: Moment,
  bannedAt: Moment.nullable(),
  rating: z.number(),
  /** Who vouches for him; null: nobody, he is a guest. */
  issuer: z.string().nullable(),
});
export const AdminUserDetail = AdminUser.extend({
  stats: Stats,
  /** Sessions that let him in. */
  sessions: z.number(),
  /** Rooms where he has a seat that is not yet free, or that he hosts and that have not started. */
  openRooms: z.array(RoomIdShape),
});
export const AdminSession = z.object({
  id: SessionIdShape,
  createdAt: Moment,
  lastSeenAt: Moment,
  agent: z.string().nullable(),
});

export const PHASES = ['lobby', 'countdown', 'running', 'judging', 'final', 'cancelled'] as const;
/** A line of the list; the whole room, as a referee sees it, is at `GET /api/rooms/:roomId`. */
export const AdminRoom = z.object({
  id: RoomIdShape,
  code: z.string(),
  phase: z.enum(PHASES),
  host: z.object({ userId: UserIdShape, name: z.string() }),
  players: z.array(z.object({ userId: UserIdShape, name: z.string(), seat: z.union([z.literal(1), z.literal(2)]) })),
  problems: z.array(z.object({ label: LabelShape, slug: SlugShape })),
  minutes: z.number(),
  casual: z.boolean(),
  locked: z.boolean(),
  submissions: z.number(),
  /** Of them, those that wait for their verdict. */
  pending: z.number(),
  openedAt: Moment,
  startsAt: Moment.nullable(),
  startedAt: Moment.nullable(),
  endsAt: Moment.nullable(),
  endedAt: Moment.nullable(),
  endReason: EndReason.nullable(),
  finalizedAt: Moment.nullable(),
  cancelledAt: Moment.nullable(),
  winnerId: UserIdShape.nullable(),
});
/** The types of the events a closing brought about; none: it was closed already. */
export const Closed = z.object({ happened: z.array(z.string()) });
/** How many rooms were told. */
export const Announced = z.object({ rooms: z.number() });

const inContest = {
  roomId: RoomIdShape,
  roomCode: z.string(),
  userId: UserIdShape,
  name: z.string(),
  problem: LabelShape,
  slug: SlugShape,
};
export const AdminSubmission = z.object({
  id: SubmissionIdShape,
  ...inContest,
  language: LanguageIdShape,
  receivedAt: Moment,
  verdict: CurrentVerdict,
  attempts: z.number(),
});
/** One attempt at judging. */
const Attempt = z.object({
  attempt: z.number(),
  cause: z.enum(['first', 'retry', 'rejudge']),
  claimedAt: Moment,
  finishedAt: Moment.nullable(),
  verdict: VerdictShape.nullable(),
  reason: z.string().nullable(),
});
export const AdminSubmissionDetail = AdminSubmission.extend({
  source: z.string(),
  compileOutput: z.string().nullable(),
  tests: z.array(TestShape),
  judgings: z.array(Attempt),
});

/** What a rejudge would touch, before anything is judged. */
export const RejudgeScope = z.object({
  submissions: z.number(),
  rooms: z.number(),
  /** Of the rooms, those whose contest is not final: there a new verdict can still decide. */
  openRooms: z.number(),
  /** Of the rooms, those that are final: their boards may change, their winner and history stay. */
  finalRooms: z.number(),
  verdicts: z.array(z.object({ verdict: VerdictShape, count: z.number() })),
});
/** A judging of many submissions once more, beside their verdicts, until it is applied or discarded. */
export const Rejudge = z.object({
  id: RejudgeIdShape,
  submissionId: SubmissionIdShape.nullable(),
  roomId: RoomIdShape.nullable(),
  slug: SlugShape.nullable(),
  by: z.object({ userId: UserIdShape, name: z.string() }),
  reason: z.string(),
  /** `ready`: all is judged, and waits for a decision. `applying`: some of it is in force, the rest follows when asked again. */
  state: z.enum(['judging', 'ready', 'applying', 'applied', 'discarded']),
  submissions: z.number(),
  judged: z.number(),
  /** Of those judged, how many got another verdict. */
  changed: z.number(),
  /** Of those judged, how many the judge gave up on: they keep their verdict. */
  failed: z.number(),
  createdAt: Moment,
  appliedAt: Moment.nullable(),
  discardedAt: Moment.nullable(),
});
export const RejudgeDetail = Rejudge.extend({
  /** How many went from which verdict to which; those that stayed as well. */
  moves: z.array(z.object({ before: VerdictShape, after: VerdictShape, count: z.number() })),
});
export const RejudgeChange = z.object({
  submissionId: SubmissionIdShape,
  ...inContest,
  before: VerdictShape,
  /** null: not judged yet. JE: the judge gave it up, and it keeps what it has. */
  after: VerdictShape.nullable(),
  /** In force since then. */
  appliedAt: Moment.nullable(),
  roomIsFinal: z.boolean(),
});
/** The standings of one room as they are, and as they would be. */
export const RejudgedBoards = z.object({ before: LeaderboardShape, after: LeaderboardShape });
/** `left`: what is yet to be applied; ask again until there is none. `overtaken`: another judging came first, and stays. */
export const Applied = z.object({ applied: z.number(), overtaken: z.number(), left: z.number() });

export const DeadLetter = z.object({
  id: SubmissionIdShape,
  roomId: RoomIdShape,
  userId: UserIdShape,
  problem: LabelShape,
  slug: SlugShape,
  language: LanguageIdShape,
  receivedAt: Moment,
  attempts: z.number(),
  reason: z.string().nullable(),
  givenUpAt: Moment.nullable(),
});
export const DeadLetterDetail = DeadLetter.extend({ tried: z.array(Attempt.omit({ cause: true })) });
export const Settlement = z.object({
  settled: z.array(z.object({ id: SubmissionIdShape, changed: z.boolean() })),
  /** false: the broker was away and keeps its notices; the same request removes them later. */
  noticesGone: z.boolean(),
});

/** How judging does. null: cannot be told just now. */
export const JudgeState = z.object({
  queue: z.object({
    connected: z.boolean(),
    says: z.string(),
    waiting: z.number().nullable(),
    dead: z.number().nullable(),
  }),
  bus: z.object({ connected: z.boolean(), says: z.string() }),
  owed: z.object({ jobs: z.number(), oldestAgeSeconds: z.number(), rejudging: z.number(), deadLetters: z.number() }),
  /** Whether this process asks nothing of its engine because it cannot be worked with; null: it has none. */
  breakerOpen: z.boolean().nullable(),
  engines: z.array(
    z.object({
      id: z.string(),
      available: z.boolean(),
      /** Heard of within a minute. */
      alive: z.boolean(),
      mode: z.string(),
      languages: z.array(z.object({ id: LanguageIdShape, name: z.string(), version: z.string() })),
      seenAt: Moment,
    }),
  ),
});
