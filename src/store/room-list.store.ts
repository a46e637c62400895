import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Instant, Label, RoomId, Seat, Slug, UserId } from '../contract/terms';
import type { Phase, SeenRoom } from '../core/room';
import { Conditions } from './conditions';

interface RoomFilter {
  readonly id?: string | undefined;
  readonly code?: string | undefined;
  /** `live`: neither final nor cancelled. */
  readonly phase?: Phase | 'live' | undefined;
  /** Somebody who has or had a seat there. */
  readonly userId?: UserId | undefined;
}
type Moments =
  'openedAt' | 'startsAt' | 'startedAt' | 'endsAt' | 'endedAt' | 'endReason' | 'finalizedAt' | 'cancelledAt';
/** A room in one line. */
interface ListedRoom extends Pick<SeenRoom, Moments | 'id' | 'code' | 'casual' | 'locked' | 'winnerId'> {
  readonly host: { readonly userId: UserId; readonly name: string };
  readonly players: readonly { readonly userId: UserId; readonly name: string; readonly seat: Seat }[];
  readonly problems: readonly { readonly label: Label; readonly slug: Slug }[];
  readonly minutes: number;
  readonly submissions: number;
  readonly pending: number;
}

const LIVE = 'finalized_at IS NULL AND cancelled_at IS NULL';
/** As core/room tells the phases apart. */
const PHASES: Readonly<Record<Phase | 'live', string>> = {
  live: LIVE,
  lobby: `${LIVE} AND starts_at IS NULL AND started_at IS NULL`,
  countdown: `${LIVE} AND starts_at IS NOT NULL AND started_at IS NULL`,
  running: `${LIVE} AND started_at IS NOT NULL AND ended_at IS NULL`,
  judging: `${LIVE} AND ended_at IS NOT NULL`,
  final: 'finalized_at IS NOT NULL AND cancelled_at IS NULL',
  cancelled: 'cancelled_at IS NOT NULL',
};

/** All rooms, for our own staff. */
@Injectable()
export class RoomListStore {
  constructor(private readonly db: DataSource) {}

  /** The newest first, from before the one at `before` on. */
  list(
    { id, code, phase, userId }: RoomFilter,
    before: readonly [Instant, string] | null,
    limit: number,
  ): Promise<ListedRoom[]> {
    const where = new Conditions();
    where.add('r.id = ?', id);
    where.add('r.code = ?', code);
    if (phase) where.add(PHASES[phase]);
    where.add(`r.id IN (SELECT room_id FROM participants WHERE user_id = ? AND role = 'player')`, userId);
    where.add('(r.opened_at, r.id) < (?, ?)', ...(before ?? [null]));
    return this.db.manager.query(
      `${SELECT} ${where.sql} ORDER BY r.opened_at DESC, r.id DESC LIMIT ${where.value(limit)}`,
      where.values,
    );
  }

  /** Rooms that are neither final nor cancelled, the oldest first, from after the one at `after` on. */
  live(after: readonly [Instant, string] | null, limit: number): Promise<{ id: RoomId; openedAt: Instant }[]> {
    const where = new Conditions();
    where.add(LIVE);
    where.add('(opened_at, id) > (?, ?)', ...(after ?? [null]));
    return this.db.manager.query(
      `SELECT id, opened_at AS "openedAt" FROM rooms ${where.sql} ORDER BY opened_at, id LIMIT ${where.value(limit)}`,
      where.values,
    );
  }
}

const SELECT = `
  SELECT r.id, r.code, r.casual, r.password_hash IS NOT NULL AS locked, (r.settings->'minutes')::float8 AS minutes,
    json_build_object('userId', h.id, 'name', h.name) AS host,
    coalesce((SELECT json_agg(json_build_object('userId', user_id, 'name', name, 'seat', seat) ORDER BY seat)
      FROM participants WHERE room_id = r.id AND seat IS NOT NULL), '[]') AS players,
    coalesce((SELECT json_agg(json_build_object('label', label, 'slug', slug) ORDER BY label)
      FROM room_problems WHERE room_id = r.id), '[]') AS problems,
    (SELECT count(*) FROM submissions WHERE room_id = r.id) AS submissions,
    (SELECT count(*) FROM submissions WHERE room_id = r.id AND verdict IS NULL) AS pending,
    r.opened_at AS "openedAt", r.starts_at AS "startsAt", r.started_at AS "startedAt", r.ends_at AS "endsAt",
    r.ended_at AS "endedAt", r.end_reason AS "endReason", r.finalized_at AS "finalizedAt",
    r.cancelled_at AS "cancelledAt", r.winner_id AS "winnerId"
  FROM rooms r JOIN users h ON h.id = r.host_id`;
