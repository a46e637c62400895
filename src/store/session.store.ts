import { Injectable } from '@nestjs/common';
import { DataSource, IsNull } from 'typeorm';
import type { Instant, SessionId, UserId } from '../contract/terms';
import { Clock } from '../ports';
import { RefreshTokenRow, SessionRow, UserRow } from './tables/people';

/** A session and its user, as the guard needs them: both at once. */
export interface LiveSession {
  readonly sessionId: SessionId;
  readonly user: UserRow;
}

type Exchange =
  | { readonly ok: true; readonly session: LiveSession }
  /** `reused`: an old token came back, so the whole session is revoked. */
  | { readonly ok: false; readonly reason: 'unknown' | 'expired' | 'reused'; readonly sessionId?: SessionId };

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

  /** Those of the named sessions that have been revoked, or whose user has been banned. */
  async ended(ids: readonly SessionId[]): Promise<{ id: SessionId; banned: boolean }[]> {
    return this.db.manager.query(
      `SELECT sessions.id, banned_at IS NOT NULL AS banned FROM sessions JOIN users ON users.id = user_id
        WHERE sessions.id = ANY($1) AND (revoked_at IS NOT NULL OR banned_at IS NOT NULL)`,
      [ids],
    );
  }

  /** Exchanges a refresh token for its successor; an old one that comes back ends the session it belongs to. */
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
      if (token.rotatedAt === null) await tx.update(RefreshTokenRow, { hash }, { rotatedAt: now });
      await tx.insert(RefreshTokenRow, { ...next, sessionId });
      const user = await tx.findOneByOrFail(UserRow, { id: session.userId });
      return { ok: true, session: { sessionId, user } };
    });
  }

  async revoke(id: SessionId): Promise<void> {
    await this.db.manager.update(SessionRow, { id, revokedAt: IsNull() }, { revokedAt: this.clock.now() });
  }
}
