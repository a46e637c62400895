import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { DataSource, type EntityManager, In, IsNull, Not } from 'typeorm';
import type { Happening, RoomEvent } from '../contract/events';
import { Refusal } from '../contract/refusals';
import type { Instant, Role, RoomId, UserId } from '../contract/terms';
import { roleAmongRooms } from '../core/policy';
import { evolve, numbered, phaseOf, unopened, type Room } from '../core/room';
import { Clock } from '../ports';
import { refuseByConstraint } from './constraints';
import { despiteDeadlock } from './deadlock';
import { project } from './projections';
import { insertIfNext, insertSubmission, isReceipt, onlyReceipt, type Deciding, type NewSubmission } from './receipt';
import { lockRoom, readRoom, writeRoom, type LoadedRoom } from './room.rows';
import { ParticipantRow, RoomRow } from './tables/rooms';
import { Turns } from './turns';

/** What a change writes beside the events: in the same transaction, knowing what the log became. */
export type Alongside = (tx: EntityManager, events: readonly RoomEvent[]) => Promise<unknown>;

export interface Change {
  readonly happenings: readonly Happening[];
  readonly alongside?: Alongside;
}

/** How many running contests a process remembers. */
const REMEMBERED = 2_000;

@Injectable()
export class RoomStore {
  /** Running contests as this process last left them; others may have changed them since. */
  private readonly running = new LRUCache<RoomId, Room>({ max: REMEMBERED });
  /** So that a submission finds the room as the one before it left it. */
  private readonly turns = new Turns<RoomId>();

  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
  ) {}

  /**
   * Loads a room under its lock, lets `decide` say what happens next, and writes rows and log in one
   * transaction. Changes of one room thus run one after the other, and the clock is read under the
   * lock, so that later in the log is never earlier in time. After a deadlock all of it is done again.
   *
   * @returns the events, in the order of the log; empty when nothing happened.
   * @throws {Refusal} what `decide` throws, and what a constraint of the database refuses.
   */
  async change(
    roomId: RoomId,
    decide: (loaded: LoadedRoom, now: Instant, tx: EntityManager) => Promise<Change> | Change,
  ): Promise<RoomEvent[]> {
    const work = async (tx: EntityManager) => {
      const before = await lockRoom(tx, roomId);
      const now = Math.max(this.clock.now(), before.room.lastAt);
      const { happenings, alongside } = await decide(before, now, tx);
      return append(tx, before.room, happenings, now, alongside);
    };
    const { events, room } = await despiteDeadlock(() => this.db.transaction(work)).catch(refuseByConstraint);
    this.remember(room);
    return events;
  }

  /**
   * Receives a submission. Where nobody has changed the room since this process last did, that is one
   * statement and no lock is held over a round trip; else it is a change like any other. What is remembered
   * thus only ever says yes: a refusal, and whatever more than the receipt happens, is decided under the lock.
   *
   * @returns the events, the receipt among them.
   * @throws {Refusal} what `decide` throws, and what a constraint of the database refuses.
   */
  receive(submission: NewSubmission, decide: Deciding): Promise<RoomEvent[]> {
    return this.turns.take(submission.roomId, async () => {
      const known = this.running.get(submission.roomId);
      const receipt = known && onlyReceipt(known, decide, this.clock.now());
      if (receipt && (await insertIfNext(this.db, submission, receipt).catch(refuseByConstraint))) {
        this.remember(evolve(known, receipt));
        return [receipt];
      }
      return this.change(submission.roomId, ({ room, standing }, now) => ({
        happenings: decide(room, standing, now),
        alongside: (tx, events) => insertSubmission(tx, submission, events.find(isReceipt)!),
      }));
    });
  }

  private remember(room: Room): void {
    // A change that was committed before another may come to be remembered after it.
    if (room.seq < (this.running.get(room.id)?.seq ?? 0)) return;
    if (phaseOf(room) === 'running') this.running.set(room.id, room);
    else this.running.delete(room.id);
  }

  /** Writes a room's first events, alone or as part of a change of another room. @throws {Refusal} player.already-in-a-room */
  async open(
    first: { readonly id: RoomId; readonly passwordHash: string | null; readonly happenings: readonly Happening[] },
    within?: EntityManager,
  ): Promise<RoomEvent[]> {
    const work = async (tx: EntityManager) => {
      await lockPlayers(tx, first.happenings);
      const now = this.clock.now();
      const opened = first.happenings.find((one) => one.type === 'room.opened')!;
      const { code, hostId, settings, casual } = opened.data;
      const { id, passwordHash } = first;
      await tx.insert(RoomRow, {
        id,
        code,
        hostId,
        settings,
        casual,
        passwordHash,
        seq: 0,
        lastAt: now,
        openedAt: now,
      });
      return append(tx, unopened(id), first.happenings, now);
    };
    const opening = within ? work(within) : despiteDeadlock(() => this.db.transaction(work)).catch(refuseByConstraint);
    return (await opening).events;
  }

  /** The room as it stands. @throws {Refusal} room.not-found */
  async get(roomId: RoomId): Promise<LoadedRoom> {
    return readRoom(this.db.manager, roomId);
  }

  async byCode(code: string): Promise<RoomId> {
    const row = await this.db.manager.findOne(RoomRow, { select: { id: true }, where: { code } });
    if (!row) throw new Refusal('room.not-found');
    return row.id;
  }

  /** The log after a position, at most `limit` events of it. */
  async eventsAfter(roomId: RoomId, seq: number, limit = 10_000): Promise<RoomEvent[]> {
    return this.db.manager.query<RoomEvent[]>(
      `SELECT room_id AS "roomId", seq, at, type, data FROM room_events WHERE room_id = $1 AND seq > $2 ORDER BY seq LIMIT $3`,
      [roomId, Math.min(seq, 2_147_483_647), limit],
    );
  }

  /** Where the logs of these rooms stand. */
  async positions(roomIds: readonly RoomId[]): Promise<Map<RoomId, number>> {
    const rows = await this.db.manager.find(RoomRow, {
      select: { id: true, seq: true },
      where: { id: In([...roomIds]) },
    });
    return new Map(rows.map(({ id, seq }) => [id, seq]));
  }

  /** Rooms the clock has to look at until `until`, the most urgent first. */
  async due(until: Instant): Promise<{ id: RoomId; dueAt: Instant }[]> {
    return this.db.manager.query(
      `SELECT id, due_at AS "dueAt" FROM rooms WHERE due_at <= $1 ORDER BY due_at LIMIT 1000`,
      [until],
    );
  }

  /** The rooms where somebody has a seat that is not yet free, and those of his that have not started. */
  async openTo(userId: UserId): Promise<RoomId[]> {
    const rows = await this.db.manager.query<{ id: RoomId }[]>(
      `SELECT room_id AS id FROM participants WHERE user_id = $1 AND seat IS NOT NULL AND released_at IS NULL
        UNION SELECT id FROM rooms WHERE host_id = $1 AND due_at IS NOT NULL AND started_at IS NULL`,
      [userId],
    );
    return rows.map(({ id }) => id);
  }

  /** Whether he has a seat in a room that is not over. */
  plays(id: UserId): Promise<boolean> {
    return this.db.manager.existsBy(ParticipantRow, { userId: id, seat: Not(IsNull()), releasedAt: IsNull() });
  }

  /** Somebody as rooms are to take him; of most nothing has to be asked. */
  async readerOf({ id, role }: { id: UserId; role: Role }): Promise<{ readonly id: UserId; readonly role: Role }> {
    return { id, role: roleAmongRooms(role, role !== 'player' && (await this.plays(id))) };
  }

  /** Seats that are held by somebody who is banned. */
  async seatsOfBanned(): Promise<{ roomId: RoomId; userId: UserId }[]> {
    return this.db.manager.query(
      `SELECT room_id AS "roomId", user_id AS "userId" FROM users JOIN participants ON user_id = users.id
        WHERE banned_at IS NOT NULL AND seat IS NOT NULL AND released_at IS NULL LIMIT 1000`,
    );
  }

  /** Lets somebody watch. He has no place in the log. Whoever has a seat by now keeps it, and who was kicked stays out. */
  async addSpectator(room: Room, person: { userId: UserId; name: string; guest: boolean }): Promise<void> {
    const { userId, name, guest } = person;
    await this.db.manager.query(
      `INSERT INTO participants (room_id, user_id, role, name, guest, seen_at) VALUES ($1, $2, 'spectator', $3, $4, $5)
        ON CONFLICT (room_id, user_id) DO UPDATE
          SET role = 'spectator', name = excluded.name, guest = excluded.guest, left_at = NULL, seen_at = excluded.seen_at
          WHERE participants.seat IS NULL AND participants.kicked_at IS NULL`,
      [room.id, userId, name, guest, this.clock.now()],
    );
  }

  async removeSpectator(roomId: RoomId, userId: UserId): Promise<void> {
    await this.db.manager.update(ParticipantRow, { roomId, userId, role: 'spectator' }, { leftAt: this.clock.now() });
  }

  /** Notes when players were last heard of; earlier than what is known changes nothing. */
  async seen(moments: ReadonlyMap<UserId, Instant>): Promise<void> {
    if (moments.size === 0) return;
    await this.db.manager.query(
      // Rows are locked in the order of users, as whoever releases players does: neither waits for the other in a ring.
      `UPDATE participants SET seen_at = due.at FROM (
          SELECT room_id, p.user_id, heard.at FROM participants p JOIN unnest($1::text[], $2::bigint[]) AS heard (user_id, at)
            ON p.user_id = heard.user_id WHERE seat IS NOT NULL AND released_at IS NULL AND seen_at < heard.at
            ORDER BY p.user_id FOR NO KEY UPDATE OF p) AS due
        WHERE participants.room_id = due.room_id AND participants.user_id = due.user_id`,
      [[...moments.keys()], [...moments.values()]],
    );
  }
}

/** In the order of their ids, so that two rooms which take the same players at once cannot wait for each other. */
async function lockPlayers(tx: EntityManager, happenings: readonly Happening[]): Promise<void> {
  const players = happenings.flatMap((one) => (one.type === 'player.joined' ? [one.data.userId] : []));
  if (players.length < 2) return;
  await tx.query('SELECT FROM users WHERE id = ANY($1) ORDER BY id FOR NO KEY UPDATE', [players]);
}

/** Numbers what happened, and writes the log and the rows that follow from it. */
async function append(
  tx: EntityManager,
  before: Room,
  happenings: readonly Happening[],
  at: Instant,
  alongside?: Alongside,
): Promise<{ readonly events: RoomEvent[]; readonly room: Room }> {
  const events = numbered(before, happenings, at);
  if (events.length === 0) return { events, room: before };
  const room = events.reduce(evolve, before);
  await alongside?.(tx, events);
  for (const event of events) await project(tx, room, event);
  await writeRoom(tx, room, events);
  return { events, room };
}
