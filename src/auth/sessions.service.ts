import { createHash, randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { Refusal } from '../contract/refusals';
import type { Instant, Role, SessionId, UserId } from '../contract/terms';
import { newId } from '../new-id';
import { Clock } from '../ports';
import { SessionStore, type ChangedSession, type LiveSession } from '../store/session.store';
import type { UserRow } from '../store/tables/people';
import { UserStore } from '../store/user.store';
import { AccessTokens, type Claims } from './access-tokens';

export interface SignedInUser {
  readonly accessToken: string;
  readonly expiresAt: Instant;
  readonly user: UserRow;
  /** For the cookie only. */
  readonly refresh: { readonly token: string; readonly expiresAt: Instant };
}

/** Why a session is over, as those who are connected by it are told. */
export type SessionEnd = 'auth.expired' | 'auth.banned';

interface Changed {
  readonly role: Role;
  readonly over: SessionEnd | null;
}

const DAY_MS = 24 * 3_600_000;
const REFRESH_DAYS = 30;
/** A ban or a logout acts within this time in every process. */
const SESSION_CACHE_MS = 5_000;

/** Signing in, staying in and signing out. */
@Injectable()
export class Sessions {
  private readonly emitter = new EventEmitter<Record<'ended' | 'endedHere', [SessionId, SessionEnd]>>();
  private readonly live: LRUCache<SessionId, { found: LiveSession | null }>;

  constructor(
    private readonly store: SessionStore,
    private readonly users: UserStore,
    private readonly tokens: AccessTokens,
    private readonly clock: Clock,
  ) {
    this.emitter.setMaxListeners(0);
    this.live = new LRUCache({
      max: 50_000,
      ttl: SESSION_CACHE_MS,
      // Somebody may ask while his session is forgotten: his question still gets its answer, which is not kept.
      ignoreFetchAbort: true,
      fetchMethod: async (id) => ({ found: await this.store.find(id) }),
    });
  }

  async signInGuest(name: string, agent: string | null): Promise<SignedInUser> {
    return this.open(await this.users.insertGuest(newId('user'), name), agent);
  }

  /** Opens a session for somebody who has proved who he is. */
  async open(user: UserRow, agent: string | null): Promise<SignedInUser> {
    const sessionId = newId('sess');
    const refresh = this.newRefreshToken();
    await this.store.open(sessionId, user.id, refresh.stored, agent);
    return { ...this.tokens.sign(user.id, sessionId), user, refresh };
  }

  /** @throws {Refusal} auth.required without a token of ours, auth.expired when its session is over, auth.banned */
  async refresh(token: string | undefined): Promise<SignedInUser> {
    if (!token) throw new Refusal('auth.required');
    const refresh = this.newRefreshToken();
    const exchange = await this.store.exchange(hashOf(token), refresh.stored);
    if (!exchange.ok) {
      if (exchange.reason === 'reused') this.endedHere(exchange.sessionId!);
      throw new Refusal(NOT_EXCHANGED[exchange.reason]);
    }
    const { user, sessionId } = exchange.session;
    return { ...this.tokens.sign(user.id, sessionId), user, refresh };
  }

  /** The session a refresh token is good for; null where it is good for none. */
  async idOf(token: string | undefined): Promise<SessionId | null> {
    return token === undefined ? null : this.store.idOf(hashOf(token));
  }

  /** The guest whose session this is; null where it is over, or nobody's who is a guest. */
  async guestOf(sessionId: SessionId): Promise<UserRow | null> {
    const found = await this.store.find(sessionId);
    return found?.user.guest === true ? found.user : null;
  }

  async end(sessionId: SessionId): Promise<void> {
    await this.store.revoke(sessionId);
    this.endedHere(sessionId);
  }

  /** Ends a session of somebody's own. @throws {Refusal} session.not-found, for anybody else's too */
  async endOwn(userId: UserId, sessionId: SessionId): Promise<void> {
    if (!(await this.store.isOf(userId, sessionId))) throw new Refusal('session.not-found');
    await this.end(sessionId);
  }

  async endAll(userId: UserId): Promise<void> {
    for (const id of await this.store.revokeAll(userId)) this.endedHere(id);
  }

  /** Somebody has been banned: what was known of him is forgotten, and his sockets are closed. His sessions go on once he is let in again. */
  async endBanned(userId: UserId): Promise<void> {
    for (const id of await this.store.idsOf(userId)) this.endedHere(id, 'auth.banned');
  }

  /**
   * Who carries this access token.
   *
   * @throws {Refusal} auth.required, auth.expired, auth.banned
   */
  async userOf(token: string | undefined): Promise<Claims & { user: UserRow }> {
    if (!token) throw new Refusal('auth.required');
    const claims = this.tokens.verify(token);
    const { found } = (await this.live.fetch(claims.sessionId))!;
    if (found?.user.id !== claims.userId) throw new Refusal('auth.expired');
    if (found.user.bannedAt !== null) throw new Refusal('auth.banned');
    return { ...claims, user: found.user };
  }

  /** Those of the given sessions that are over, with the reason, or whose user has another role by now. */
  async changed(known: readonly { id: SessionId; role: Role }[]): Promise<Map<SessionId, Changed>> {
    const rows = await this.store.changed(known);
    // What is remembered of them would let them in as they were.
    for (const { id } of rows) this.live.delete(id);
    const reason = ({ banned, revoked }: ChangedSession) => (banned ? 'auth.banned' : revoked ? 'auth.expired' : null);
    return new Map(rows.map((row) => [row.id, { role: row.role, over: reason(row) }]));
  }

  /** Hears at once of sessions that end in this process, and of those that others are known to have ended. */
  onEnded(listener: (id: SessionId, why: SessionEnd) => void): void {
    this.emitter.on('ended', listener);
  }

  /** Hears at once of sessions that end in this process, for whoever tells the others. */
  onEndedHere(listener: (id: SessionId, why: SessionEnd) => void): void {
    this.emitter.on('endedHere', listener);
  }

  /** A session is over, whoever has ended it: nobody is let in any more by what was known of it. */
  forget(sessionId: SessionId, why: SessionEnd): void {
    this.live.delete(sessionId);
    this.emitter.emit('ended', sessionId, why);
  }

  private endedHere(sessionId: SessionId, why: SessionEnd = 'auth.expired'): void {
    this.forget(sessionId, why);
    this.emitter.emit('endedHere', sessionId, why);
  }

  private newRefreshToken() {
    const token = randomBytes(32).toString('base64url');
    const expiresAt = this.clock.now() + REFRESH_DAYS * DAY_MS;
    return { token, expiresAt, stored: { hash: hashOf(token), expiresAt } };
  }
}

const NOT_EXCHANGED = {
  unknown: 'auth.required',
  expired: 'auth.expired',
  reused: 'auth.expired',
  banned: 'auth.banned',
} as const;

/** A refresh token has 256 random bits: a plain hash is enough. */
const hashOf = (token: string) => createHash('sha256').update(token).digest('hex');

/** A user as others may see him. */
export const publicUser = ({ id, name, guest, role, avatarUrl }: UserRow) => ({ id, name, guest, role, avatarUrl });
