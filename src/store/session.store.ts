import { Injectable } from '@nestjs/common';
import { DataSource, IsNull } from 'typeorm';
import type { Instant, Role, SessionId, UserId } from '../contract/terms';
import { Clock } from '../ports';
import { RefreshTokenRow, SessionRow, UserRow } from './tables/people';

/** A session and its user, as the guard needs them: both at once. */
export interface LiveSession {
  readonly sessionId: SessionId;
  readonly user: UserRow;
}

/** Where somebody is signed in. */
interface OpenSession {
  readonly id: SessionId;
  readonly createdAt: Instant;
  /** When it was last refreshed: those who are there do so within the life of an access token. */
  readonly lastSeenAt: Instant;
  readonly agent: string | null;
}

/** A session as it is, where that is not as it was. */
export interface ChangedSession {
  readonly id: SessionId;
  readonly role: Role;
  readonly banned: boolean;
  readonly revoked: boolean;
}

type Exchange =
  | { readonly ok: true; readonly session: LiveSession }
  /** `reused`: an old token came back, so the whole session is revoked. */
  | {
      readonly ok: false;
      readonly reason: 'unknown' | 'expired' | 'reused' | 'banned';
      readonly sessionId?: SessionId;
    };

/** Two tabs may send the same token at once, and an answer may be lost: for so long the parent may be exchanged again. */
const GRACE_MS = 10_000;

@Injectable()
export class SessionStore {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
  ) {}

  async open(
    id: SessionId,
    userId: UserId,
    token: { hash: string; expiresAt: Instant },
    agent: string | null,
  ): Promise<void> {
    await this.db.transaction(async (tx) => {
      await tx.insert(SessionRow, { id, userId, agent, createdAt: this.clock.now() });
      await tx.insert(RefreshTokenRow, { ...token, sessionId: id });
    });
  }

  /** The session if it is not revoked, with its user. */
  async find(id: SessionId): Promise<LiveSession | null> {
    const user = await this.db.manager
      .createQueryBuilder(UserRow, 'user')
      .innerJoin(SessionRow, 'session', 'session.userId = user.id')
      .where('session.id = :id AND session.revokedAt IS NULL', { id })
      .getOne();
    return user && { sessionId: id, user };
  }

  /** The session a refresh token belongs to, if the token could be exchanged now. */
  async idOf(hash: string): Promise<SessionId | null> {
    const now = this.clock.now();
    const [row] = await this.db.manager.query<{ id: SessionId }[]>(
      `SELECT sessions.id FROM refresh_tokens JOIN sessions ON sessions.id = session_id
        WHERE hash = $1 AND expires_at > $2 AND revoked_at IS NULL AND (rotated_at IS NULL OR rotated_at >= $3)`,
      [hash, now, now - GRACE_MS],
    );
    return row?.id ?? null;
  }

  /** Those of the given sessions that have been revoked, whose user has been banned, or has another role than is known. */
  async changed(known: readonly Pick<ChangedSession, 'id' | 'role'>[]): Promise<ChangedSession[]> {
    return this.db.manager.query(
      `SELECT DISTINCT sessions.id, users.role, banned_at IS NOT NULL AS banned, revoked_at IS NOT NULL AS revoked
        FROM unnest($1::text[], $2::text[]) AS known (id, role)
        JOIN sessions ON sessions.id = known.id JOIN users ON users.id = user_id
        WHERE revoked_at IS NOT NULL OR banned_at IS NOT NULL OR users.role <> known.role`,
      [known.map(({ id }) => id), known.map(({ role }) => role)],
    );
  }

  /**
   * Exchanges a refresh token for its successor; an old one that comes back ends the session it belongs to. Of whoever is
   * banned nothing is exchanged: once he is let in again he goes on with what he has.
   */
  async exchange(hash: string, next: { hash: string; expiresAt: Instant }): Promise<Exchange> {
    const now = this.clock.now();
    return this.db.transaction(async (tx): Promise<Exchange> => {
      const token = await tx.findOne(RefreshTokenRow, { where: { hash }, lock: { mode: 'pessimistic_write' } });
      if (!token) return { ok: false, reason: 'unknown' };
      const { sessionId } = token;
      const session = await tx.findOneByOrFail(SessionRow, { id: sessionId });
      if (session.revokedAt !== null || token.expiresAt <= now) return { ok: false, reason: 'expired', sessionId };
      if (token.rotatedAt !== null && token.rotatedAt + GRACE_MS < now) {
        await tx.update(SessionRow, { id: sessionId }, { revokedAt: now });
        return { ok: false, reason: 'reused', sessionId };
      }
      const user = await tx.findOneByOrFail(UserRow, { id: session.userId });
      if (user.bannedAt !== null) return { ok: false, reason: 'banned', sessionId };
      if (token.rotatedAt === null) await tx.update(RefreshTokenRow, { hash }, { rotatedAt: now });
      await tx.insert(RefreshTokenRow, { ...next, sessionId });
      return { ok: true, session: { sessionId, user } };
    });
  }

  /** The sessions of a user that are not over, newest first, from before the one at `before` on. */
  async list(userId: UserId, before: { at: Instant; id: string } | null, limit: number): Promise<OpenSession[]> {
    return this.db.manager.query(
      `SELECT id, created_at AS "createdAt", greatest(created_at, max(rotated_at)) AS "lastSeenAt", agent
        FROM sessions JOIN refresh_tokens ON session_id = id
        WHERE user_id = $1 AND revoked_at IS NULL AND (created_at, id) < ($2, $3)
        GROUP BY id HAVING max(expires_at) > $4 ORDER BY created_at DESC, id DESC LIMIT $5`,
      [userId, before?.at ?? Number.MAX_SAFE_INTEGER, before?.id ?? '', this.clock.now(), limit],
    );
  }

  /** Revokes all sessions of a user; those that were not revoked before. */
  async revokeAll(userId: UserId): Promise<SessionId[]> {
    const [rows] = await this.db.manager.query<[{ id: SessionId }[], number]>(
      'UPDATE sessions SET revoked_at = $2 WHERE user_id = $1 AND revoked_at IS NULL RETURNING id',
      [userId, this.clock.now()],
    );
    return rows.map(({ id }) => id);
  }

  /** The sessions of a user that are not revoked. */
  async idsOf(userId: UserId): Promise<SessionId[]> {
    const rows = await this.db.manager.find(SessionRow, {
      select: { id: true },
      where: { userId, revokedAt: IsNull() },
    });
    return rows.map(({ id }) => id);
  }

  async isOf(userId: UserId, id: SessionId): Promise<boolean> {
    return this.db.manager.existsBy(SessionRow, { id, userId });
  }

  /**
   * Deletes what lets nobody in any more: tokens that have expired, sessions without any left, and those that
   * were revoked `keepMs` ago, which by then every process has noticed. At most `limit` of each; says how many.
   */
  async sweep(keepMs: number, limit: number): Promise<number> {
    const now = this.clock.now();
    const [, tokens] = await this.db.manager.query<[unknown, number]>(
      `DELETE FROM refresh_tokens WHERE hash IN (SELECT hash FROM refresh_tokens WHERE expires_at <= $1
        ORDER BY expires_at LIMIT $2 FOR UPDATE SKIP LOCKED)`,
      [now, limit],
    );
    const [, sessions] = await this.db.manager.query<[unknown, number]>(
      `DELETE FROM sessions WHERE id IN (SELECT id FROM sessions WHERE revoked_at <= $1 OR
          (created_at <= $1 AND NOT EXISTS (SELECT FROM refresh_tokens WHERE session_id = sessions.id))
        LIMIT $2 FOR UPDATE SKIP LOCKED)`,
      [now - keepMs, limit],
    );
    return tokens + sessions;
  }

  async revoke(id: SessionId): Promise<void> {
    await this.db.manager.update(SessionRow, { id, revokedAt: IsNull() }, { revokedAt: this.clock.now() });
  }
}
