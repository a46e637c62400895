import type { DataSource, EntityManager } from 'typeorm';
import type { Happening, RoomEvent } from '../contract/events';
import { Refusal } from '../contract/refusals';
import type { Instant } from '../contract/terms';
import type { Standing } from '../core/policy';
import { numbered, type Room } from '../core/room';
import { prepared } from './prepared';
import type { SubmissionRow } from './tables/judging';

/** What a player hands in. When it is received, and where in the log, the event of its receipt says. */
export type NewSubmission = Pick<
  SubmissionRow,
  'id' | 'roomId' | 'userId' | 'label' | 'language' | 'source' | 'key' | 'requestId'
>;

type Receipt = Extract<RoomEvent, { type: 'submission.received' }>;
export const isReceipt = (event: RoomEvent): event is Receipt => event.type === 'submission.received';

/** The rules, asked about a room. */
export type Deciding = (room: Room, standing: Standing, now: Instant) => readonly Happening[];

/** Whoever plays in a running contest needs no other standing. */
const NOBODY: Standing = { spectators: new Set(), left: new Set(), kicked: new Set() };

/** The event of a receipt, if by what is known of the room it is allowed and nothing else happens with it. */
export function onlyReceipt(room: Room, decide: Deciding, clock: Instant): Receipt | null {
  const now = Math.max(clock, room.lastAt);
  try {
    const [event, ...more] = numbered(room, decide(room, NOBODY, now), now);
    return event && isReceipt(event) && more.length === 0 ? event : null;
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}

/** Stores a submission as part of the change that receives it: from then on it is owed a verdict. */
export async function insertSubmission(tx: EntityManager, submission: NewSubmission, receipt: Receipt): Promise<void> {
  await tx.query(INSERT, valuesOf(submission, receipt));
}

/**
 * Stores a submission and the event of its receipt in one statement. False, and nothing is written,
 * where that event is not the next of the room's log: somebody else has changed the room.
 */
export async function insertIfNext(db: DataSource, submission: NewSubmission, receipt: Receipt): Promise<boolean> {
  const { at, type, data } = receipt;
  const values = [...valuesOf(submission, receipt), at, type, JSON.stringify(data)];
  return (await db.manager.query<unknown[]>(INSERT_IF_NEXT, values)).length === 1;
}

const valuesOf = (submission: NewSubmission, { seq, data }: Receipt) => {
  const { id, roomId, userId, label, language, source, key, requestId } = submission;
  return [id, roomId, userId, label, language, source, key, data.receivedAt, seq, requestId];
};
const COLUMNS = 'id, room_id, user_id, label, language, source, key, received_at, received_seq, due_at, request_id';
const INSERT = prepared(`INSERT INTO submissions (${COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $8, $10)`);

const INSERT_IF_NEXT = prepared(`
  WITH room AS (UPDATE rooms SET seq = $9, last_at = $11 WHERE id = $2 AND seq = $9 - 1 RETURNING id),
  logged AS (INSERT INTO room_events (room_id, seq, at, type, data) SELECT id, $9, $11, $12, $13::jsonb FROM room)
  INSERT INTO submissions (${COLUMNS}) SELECT $1, id, $3, $4, $5, $6, $7, $8, $9, $8, $10 FROM room RETURNING id`);
