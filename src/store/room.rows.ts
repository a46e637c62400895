import type { EntityManager } from 'typeorm';
import type { RoomEvent } from '../contract/events';
import { Refusal } from '../contract/refusals';
import type { Instant, RoomId, UserId } from '../contract/terms';
import type { Standing } from '../core/policy';
import { dueAt, type Picked, type Player, type Room, type RoomSubmission } from '../core/room';
import { prepared } from './prepared';

/** A room as the rules want it, with what its rows know beyond the log. */
export interface LoadedRoom {
  readonly room: Room;
  readonly standing: Standing;
  /** When each player was last heard of. */
  readonly seenAt: ReadonlyMap<UserId, Instant>;
  readonly passwordHash: string | null;
}

interface Person extends Player {
  role: 'player' | 'spectator';
  seenAt: Instant;
  leftAt: Instant | null;
  kickedAt: Instant | null;
}
interface Parts {
  people: Person[];
  problems: Picked[];
  submissions: RoomSubmission[];
}

/** A whole room but its row, as one JSON value: one round trip however much there is. */
const PARTS = `
  coalesce((SELECT json_agg(json_build_object('userId', user_id, 'name', name, 'guest', guest, 'seat', seat, 'ready', ready,
      'role', role, 'seenAt', seen_at, 'leftAt', left_at, 'kickedAt', kicked_at) ORDER BY seat)
    FROM participants WHERE room_id = $1), '[]') AS people,
  coalesce((SELECT json_agg(json_build_object('label', label, 'slug', slug) ORDER BY label)
    FROM room_problems WHERE room_id = $1), '[]') AS problems,
  coalesce((SELECT json_agg(json_build_object('submissionId', id, 'userId', user_id, 'problem', label, 'language', language,
      'receivedAt', received_at, 'receivedSeq', received_seq, 'verdict', coalesce(verdict, 'PENDING')) ORDER BY received_seq)
    FROM submissions WHERE room_id = $1), '[]') AS submissions`;

/** Columns by the names the rules use. */
const ROW = `id, code, host_id AS "hostId", settings, casual, password_hash AS "passwordHash", seq, last_at AS "lastAt",
  opened_at AS "openedAt", starts_at AS "startsAt", started_at AS "startedAt", ends_at AS "endsAt", ended_at AS "endedAt",
  end_reason AS "endReason", ended_by AS "endedBy", end_offered_by AS "endOfferedBy", finalized_at AS "finalizedAt",
  winner_id AS "winnerId", revealed_at AS "revealedAt", cancelled_at AS "cancelledAt",
  rematch_offered_by AS "rematchOfferedBy", rematch_room_id AS "rematchRoomId"`;

const LOCK = prepared(`SELECT ${ROW}, ${PARTS}, (SELECT max(seq) FROM room_events WHERE room_id = $1) AS logged
  FROM rooms WHERE id = $1 FOR NO KEY UPDATE`);

/**
 * The room under its lock, to be changed. Whoever had to wait for the lock has the row as it is now, but
 * everything else as it was when he began to wait: he sees the log behind the row, and reads the rest again.
 *
 * @throws {Refusal} room.not-found
 */
export async function lockRoom(tx: EntityManager, roomId: RoomId): Promise<LoadedRoom> {
  const [found] = await tx.query<(Row & Parts & { logged: number | null })[]>(LOCK, [roomId]);
  if (!found) throw new Refusal('room.not-found');
  const { logged, people, problems, submissions, ...row } = found;
  if (logged === row.seq) return loaded(row, { people, problems, submissions });
  const [parts] = await tx.query<Parts[]>(`SELECT ${PARTS}`, [roomId]);
  return loaded(row, parts!);
}

/** The room as it stands, consistent in itself. @throws {Refusal} room.not-found */
export async function readRoom(db: EntityManager, roomId: RoomId): Promise<LoadedRoom> {
  const [row] = await db.query<(Row & Parts)[]>(`SELECT ${ROW}, ${PARTS} FROM rooms WHERE id = $1`, [roomId]);
  if (!row) throw new Refusal('room.not-found');
  const { people, problems, submissions, ...rest } = row;
  return loaded(rest, { people, problems, submissions });
}

type Row = Omit<Room, 'locked' | 'players' | 'problems' | 'picked' | 'submissions'> & { passwordHash: string | null };

function loaded({ passwordHash, ...row }: Row, { people, problems, submissions }: Parts): LoadedRoom {
  const players = people.filter(({ seat }) => (seat as number | null) !== null);
  const ids = (some: readonly Person[]) => new Set(some.map(({ userId }) => userId));
  return {
    room: {
      ...row,
      locked: passwordHash !== null,
      players: players.map(({ userId, name, guest, seat, ready }) => ({ userId, name, guest, seat, ready })),
      picked: problems,
      problems: row.startedAt === null ? [] : problems.map(({ label }) => label),
      submissions,
    },
    standing: {
      spectators: ids(
        people.filter(({ role, leftAt, kickedAt }) => role === 'spectator' && leftAt === null && kickedAt === null),
      ),
      left: ids(people.filter(({ leftAt }) => leftAt !== null)),
      kicked: ids(people.filter(({ kickedAt }) => kickedAt !== null)),
    },
    seenAt: new Map(players.map(({ userId, seenAt }) => [userId, seenAt])),
    passwordHash,
  };
}

/** Writes what happened, and the columns of the room that follow from it, in one round trip. */
export async function writeRoom(tx: EntityManager, room: Room, events: readonly RoomEvent[]): Promise<void> {
  const { id, seq, lastAt, startsAt, startedAt, endsAt, endedAt, endReason, endedBy, endOfferedBy } = room;
  const { finalizedAt, winnerId, revealedAt, cancelledAt, rematchOfferedBy, rematchRoomId } = room;
  await tx.query(WRITE, [
    ...[id, JSON.stringify(events), seq, lastAt, dueAt(room), startsAt, startedAt, endsAt, endedAt, endReason, endedBy],
    ...[endOfferedBy, finalizedAt, winnerId, revealedAt, cancelledAt, rematchOfferedBy, rematchRoomId],
  ]);
}
const WRITE = prepared(`
  WITH logged AS (
    INSERT INTO room_events (room_id, seq, at, type, data)
      SELECT $1, seq, at, type, data FROM jsonb_to_recordset($2::jsonb) AS e (seq int, at bigint, type text, data jsonb))
  UPDATE rooms SET seq = $3, last_at = $4, due_at = $5, starts_at = $6, started_at = $7, ends_at = $8, ended_at = $9,
    end_reason = $10, ended_by = $11, end_offered_by = $12, finalized_at = $13, winner_id = $14, revealed_at = $15,
    cancelled_at = $16, rematch_offered_by = $17, rematch_room_id = $18 WHERE id = $1`);
