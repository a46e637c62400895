import { z } from 'zod';
import { SeenEventShape } from './events';
import { Moment, RoomIdShape, RoomShape, SubmissionIdShape, TrialShape, UserIdShape } from './shapes';
import type { RefusalCode } from './refusals';

/*
 * Sockets listen, HTTP speaks. Every request of a client is answered through its ack, and what the
 * server says of its own accord is listed below. The AsyncAPI document is made from these tables.
 */

const position = z.number().int().min(0);

/** What a client may ask, and what a good answer holds beside `ok: true`. */
export const REQUESTS = {
  'room:watch': {
    says: 'Follow a room. Answers with exactly what the log holds after `after`, or with a snapshot.',
    body: z.strictObject({ roomId: RoomIdShape, after: position.optional() }),
    answer: z.union([
      z.object({ seq: position, events: z.array(SeenEventShape) }),
      z.object({ seq: position, snapshot: RoomShape }),
    ]),
  },
  'room:unwatch': {
    says: 'Stop following a room.',
    body: z.strictObject({ roomId: RoomIdShape }),
    answer: z.object({}),
  },
  'clock:ping': {
    says: 'Ask for the server’s time.',
    body: z.strictObject({}).optional(),
    answer: z.object({ serverNow: Moment }),
  },
  'session:renew': {
    says: 'Hand in a fresh access token before the old one expires.',
    body: z.strictObject({ token: z.string().max(4096) }),
    answer: z.object({}),
  },
} as const;
export type RequestName = keyof typeof REQUESTS;
export type RequestBody<N extends RequestName> = z.infer<(typeof REQUESTS)[N]['body']>;

/** What the server says unasked. */
export const NOTICES = {
  'room:event': { says: 'Something happened in a room that is followed.', body: SeenEventShape },
  'room:seq': {
    says: 'Where a room’s log stands, every few seconds, so that a lost last event is noticed.',
    body: z.object({ roomId: RoomIdShape, seq: position }),
  },
  'submission:progress': {
    says: 'How many tests have run, to the author only. May be lost, is never scored.',
    body: z.object({ submissionId: SubmissionIdShape, done: z.number(), of: z.number() }),
  },
  'trial:done': { says: 'A trial has its result; to its author only.', body: TrialShape },
  presence: {
    says: 'Whether somebody of the room is there. Several tabs are one person.',
    body: z.object({
      roomId: RoomIdShape,
      userId: UserIdShape,
      state: z.enum(['online', 'away', 'offline']),
      since: Moment,
    }),
  },
  'session:expiring': {
    says: 'The access token behind this socket is about to expire: renew it.',
    body: z.object({ expiresAt: Moment }),
  },
  'session:ended': { says: 'The session is over; the socket closes.', body: z.object({ code: z.string() }) },
  'server:restarting': { says: 'The server is about to close; reconnect.', body: z.object({}) },
} as const;
type NoticeName = keyof typeof NOTICES;

/** How each request is refused. */
export interface SocketRefusal {
  readonly ok: false;
  readonly error: {
    readonly code: RefusalCode;
    readonly message: string;
    readonly details?: unknown;
    /** When to ask again, where it says so. */
    readonly retryAfterSeconds?: number;
  };
}
export type SocketAnswer = ({ readonly ok: true } & Record<string, unknown>) | SocketRefusal;

export type ClientToServer = {
  [N in RequestName]: (body: RequestBody<N>, ack: (answer: SocketAnswer) => void) => void;
};
export type ServerToClient = { [N in NoticeName]: (body: z.infer<(typeof NOTICES)[N]['body']>) => void };
