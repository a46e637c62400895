import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { Instant, Role, RoomId, SessionId, UserId } from '../../contract/terms';

/** Everybody who has ever signed in. Whoever comes from an identity provider is known by issuer and subject, never by mail. */
@Entity('users')
@Unique('users_identity', ['issuer', 'subject'])
@Index('users_banned', ['id'], { where: 'banned_at IS NOT NULL' })
@Index('users_by_arrival', ['createdAt', 'id'])
// By lower(name) byte for byte, which an entity cannot say.
@Index('users_by_name', { synchronize: false })
@Index('users_staff', ['createdAt', 'id'], { where: "role <> 'player'" })
@Check('users_role', `role IN ('player', 'setter', 'judge', 'admin')`)
export class UserRow {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'users_pkey' }) id!: UserId;
  @Column('text') name!: string;
  @Column('boolean') guest!: boolean;
  @Column('text', { default: 'player' }) role!: Role;
  @Column('text', { nullable: true }) avatarUrl!: string | null;
  @Column('text', { nullable: true }) issuer!: string | null;
  @Column('text', { nullable: true }) subject!: string | null;
  @Column('bigint') createdAt!: Instant;
  @Column('bigint', { nullable: true }) bannedAt!: Instant | null;
  /** Glicko-2. */
  @Column('double precision') rating!: number;
  @Column('double precision') ratingDeviation!: number;
  @Column('double precision') ratingVolatility!: number;
}

/** One sign-in, and every token that came of it: revoking it revokes them all. */
@Entity('sessions')
@Index('sessions_of_user', ['userId'])
export class SessionRow {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'sessions_pkey' }) id!: SessionId;
  @ForeignKey(() => UserRow, { name: 'sessions_user' }) @Column('text') userId!: UserId;
  @Column('bigint') createdAt!: Instant;
  /** Such as `Firefox on Linux`; null: nothing that we know. */
  @Column('text', { nullable: true }) agent!: string | null;
  @Column('bigint', { nullable: true }) revokedAt!: Instant | null;
}

/** A refresh token, as the hash of what the cookie holds. Used once; used again it betrays a theft. */
@Entity('refresh_tokens')
@Index('refresh_tokens_of_session', ['sessionId'])
@Index('refresh_tokens_expiry', ['expiresAt'])
export class RefreshTokenRow {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'refresh_tokens_pkey' }) hash!: string;
  @ForeignKey(() => SessionRow, { name: 'refresh_tokens_session', onDelete: 'CASCADE' })
  @Column('text')
  sessionId!: SessionId;
  @Column('bigint') expiresAt!: Instant;
  @Column('bigint', { nullable: true }) rotatedAt!: Instant | null;
}

/** What a final contest left to each of its players; written once. */
@Entity('contest_history')
@Index('contest_history_of_user', ['userId', 'finalizedAt', 'roomId'])
@Check('contest_history_outcome', `outcome IN ('win', 'loss', 'draw')`)
export class HistoryRow {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'contest_history_pkey' }) roomId!: RoomId;
  @ForeignKey(() => UserRow, { name: 'contest_history_user' })
  @PrimaryColumn('text', { primaryKeyConstraintName: 'contest_history_pkey' })
  userId!: UserId;
  @Column('text') opponentId!: UserId;
  @Column('text') opponentName!: string;
  @Column('text') outcome!: 'win' | 'loss' | 'draw';
  @Column('text') reason!: string;
  @Column('int') rank!: number;
  @Column('int') solved!: number;
  @Column('int') penalty!: number;
  @Column('boolean') casual!: boolean;
  @Column('bigint') finalizedAt!: Instant;
  @Column('double precision') ratingBefore!: number;
  @Column('double precision') ratingAfter!: number;
}
