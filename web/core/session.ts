import { signal } from '@preact/signals-core';
import { Refused, type AnswerOf, type Api } from './api';

export type User = AnswerOf<'GET /api/me'>;
type SignedIn = AnswerOf<'POST /api/auth/refresh'>;

/** `unknown` until the first answer; `expired`: was signed in on this page, and is not any more. */
type SessionState = 'unknown' | 'out' | 'in' | 'expired';

const RENEW_BEFORE_MS = 90_000;
const RENEW_AT_LEAST_AFTER_MS = 10_000;
const SIGNED_IN = 'joust:signed-in';

/** Does a thing in one tab at a time. */
export type OneAtATime = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * Who sits at this browser. The access token lives in memory alone; what outlasts a reload is the
 * refresh cookie, which scripts cannot read.
 */
export class Session {
  readonly user = signal<User | null>(null);
  readonly state = signal<SessionState>('unknown');
  private accessToken: string | null = null;
  private renewing: Promise<boolean> | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly renewed = new Set<(token: string) => void>();

  constructor(
    private readonly api: Api,
    private readonly storage: Storage,
    private readonly oneAtATime: OneAtATime,
  ) {
    api.identify({ token: () => this.accessToken, renew: () => this.renew() });
  }

  get token(): string | null {
    return this.accessToken;
  }

  /** Hears of every fresh access token: a socket hands it in. Returns what ends it. */
  onRenewed(listener: (token: string) => void): () => void {
    this.renewed.add(listener);
    return () => this.renewed.delete(listener);
  }

  /** Goes on where the last page was, where there was one. @throws {Away} */
  async restore(): Promise<void> {
    if (this.storage.getItem(SIGNED_IN) === null) this.state.value = 'out';
    else await this.renew();
  }

  /** Goes on with the cookie somebody was given elsewhere; should he leave this page first, the next one does. @throws {Away} */
  async arrive(): Promise<void> {
    this.storage.setItem(SIGNED_IN, 'yes');
    await this.renew();
  }

  /** @throws {Refused} auth.forbidden where guests are not let in; @throws {Away} */
  async signInAsGuest(name: string): Promise<void> {
    this.begin(await this.api.ask('POST /api/auth/guest', { body: { name } }));
  }

  async signOut(): Promise<void> {
    await this.api.ask('POST /api/auth/logout');
    this.leave();
  }

  /** Here and on every other device. */
  async signOutEverywhere(): Promise<void> {
    await this.api.ask('POST /api/auth/logout-everywhere');
    this.leave();
  }

  /**
   * Exchanges the cookie for a fresh token. Whoever asks meanwhile waits for the same answer; other
   * tabs take turns, for the cookie is good once.
   *
   * @returns false when the session is over. @throws {Away}
   */
  renew(): Promise<boolean> {
    this.renewing ??= this.oneAtATime(() => this.exchange()).finally(() => (this.renewing = null));
    return this.renewing;
  }

  private async exchange(): Promise<boolean> {
    try {
      this.begin(await this.api.ask('POST /api/auth/refresh'));
      return true;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (error.status === 401 || error.code === 'auth.banned') this.end(this.user.value === null ? 'out' : 'expired');
      return false;
    }
  }

  private begin({ accessToken, expiresAt, user }: SignedIn): void {
    this.accessToken = accessToken;
    this.storage.setItem(SIGNED_IN, 'yes');
    if (!isSame(this.user.value, user)) this.user.value = user;
    this.state.value = 'in';
    clearTimeout(this.timer);
    const inTime = Math.max(RENEW_AT_LEAST_AFTER_MS, expiresAt - Date.now() - RENEW_BEFORE_MS);
    // Away: whatever is asked next renews it.
    this.timer = setTimeout(() => void this.renew().catch(() => undefined), inTime);
    for (const listener of this.renewed) listener(accessToken);
  }

  private leave(): void {
    this.storage.removeItem(SIGNED_IN);
    this.end('out');
  }

  private end(state: 'out' | 'expired'): void {
    clearTimeout(this.timer);
    this.accessToken = null;
    if (state === 'out') this.user.value = null;
    this.state.value = state;
  }
}

const isSame = (a: User | null, b: User): boolean =>
  a?.id === b.id && a.name === b.name && a.role === b.role && a.avatarUrl === b.avatarUrl;
