import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { EventType } from '../../contract/events';
import type { Instant, Label, RoomId, Seat, Slug, UserId } from '../../contract/terms';
import type { SeenRoom } from '../../core/room';
import { UserRow } from './people';
import { ProblemRow } from './problems';

/** A room as its log has made it; always written together with the log, under this row's lock. */
@Entity('rooms')
@Unique('rooms_code', ['code'])
@Index('rooms_due', ['dueAt'], { where: 'due_at IS NOT NULL' })
@Index('rooms_by_arrival', ['openedAt', 'id'])
@Index('rooms_live', ['openedAt', 'id'], { where: 'finalized_at IS NULL AND cancelled_at IS NULL' })
@Check('rooms_moments', 'started_at < ends_at AND ended_at <= finalized_at')
export class RoomRow {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'rooms_pkey' }) id!: RoomId;
  @Column('text') code!: string;
  @ForeignKey(() => UserRow, { name: 'rooms_host' }) @Column('text') hostId!: UserId;
  @Column('jsonb') settings!: SeenRoom['settings'];
  @Column('boolean') casual!: boolean;
  @Column('text', { nullable: true }) passwordHash!: string | null;
  /** The number of the last event. */
  @Column('int') seq!: number;
  @Column('bigint') lastAt!: Instant;
  /** When the clock has to look at this room again; null: never. */
  @Column('bigint', { nullable: true }) dueAt!: Instant | null;
  @Column('bigint') openedAt!: Instant;
  @Column('bigint', { nullable: true }) startsAt!: Instant | null;
  @Column('bigint', { nullable: true }) startedAt!: Instant | null;
  @Column('bigint', { nullable: true }) endsAt!: Instant | null;
  @Column('bigint', { nullable: true }) endedAt!: Instant | null;
  @Column('text', { nullable: true }) endReason!: SeenRoom['endReason'];
  @Column('text', { nullable: true }) endedBy!: UserId | null;
  @Column('text', { nullable: true }) endOfferedBy!: UserId | null;
  @Column('bigint', { nullable: true }) finalizedAt!: Instant | null;
  @Column('text', { nullable: true }) winnerId!: UserId | null;
  @Column('bigint', { nullable: true }) revealedAt!: Instant | null;
  @Column('bigint', { nullable: true }) cancelledAt!: Instant | null;
  @Column('text', { nullable: true }) rematchOfferedBy!: UserId | null;
  @Column('text', { nullable: true }) rematchRoomId!: RoomId | null;
}

/**
 * Who has to do with a room. Two seats, one player on each, and one live room a player are
 * constraints here, so that no race can break them.
 */
@Entity('participants')
@Index('participants_seat', ['roomId', 'seat'], { unique: true, where: 'seat IS NOT NULL' })
@Index('one_live_room_per_player', ['userId'], { unique: true, where: 'seat IS NOT NULL AND released_at IS NULL' })
@Index('participants_of_user', ['userId'])
@Check('participants_role', `role IN ('player', 'spectator')`)
@Check('participants_seat_number', 'seat IN (1, 2)')
@Check('participants_player', `seat IS NULL OR role = 'player'`)
export class ParticipantRow {
  @ForeignKey(() => RoomRow, { name: 'participants_room' })
  @PrimaryColumn('text', { primaryKeyConstraintName: 'participants_pkey' })
  roomId!: RoomId;
  @ForeignKey(() => UserRow, { name: 'participants_user' })
  @PrimaryColumn('text', { primaryKeyConstraintName: 'participants_pkey' })
  userId!: UserId;
  @Column('text') role!: 'player' | 'spectator';
  @Column('smallint', { nullable: true }) seat!: Seat | null;
  @Column('text') name!: string;
  @Column('boolean') guest!: boolean;
  @Column('boolean', { default: false }) ready!: boolean;
  @Column('bigint', { nullable: true }) leftAt!: Instant | null;
  @Column('bigint', { nullable: true }) kickedAt!: Instant | null;
  /** When the player became free for another room. */
  @Column('bigint', { nullable: true }) releasedAt!: Instant | null;
  /** When he was last heard of: by a live tab or by a request. */
  @Column('bigint') seenAt!: Instant;
}

/** The problems of a room, from the countdown on. */
@Entity('room_problems')
@Unique('room_problems_once', ['roomId', 'slug'])
@Index('room_problems_of_problem', ['slug', 'roomId'])
export class RoomProblemRow {
  @ForeignKey(() => RoomRow, { name: 'room_problems_room' })
  @PrimaryColumn('text', { primaryKeyConstraintName: 'room_problems_pkey' })
  roomId!: RoomId;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'room_problems_pkey' }) label!: Label;
  @ForeignKey(() => ProblemRow, { name: 'room_problems_problem' }) @Column('text') slug!: Slug;
  /** The form it is kept in for this contest, because the problem has changed since; null: as it is. */
  @Column('text', { nullable: true }) digest!: string | null;
}

/** The log. Append only; seq is dense because it is given under the room's lock. */
@Entity('room_events')
export class RoomEventRow {
  @ForeignKey(() => RoomRow, { name: 'room_events_room' })
  @PrimaryColumn('text', { primaryKeyConstraintName: 'room_events_pkey' })
  roomId!: RoomId;
  @PrimaryColumn('int', { primaryKeyConstraintName: 'room_events_pkey' }) seq!: number;
  @Column('bigint') at!: Instant;
  @Column('text') type!: EventType;
  @Column('jsonb') data!: object;
}
