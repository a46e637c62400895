import { Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Activity } from '../auth/activity';
import { Sessions, type SessionEnd } from '../auth/sessions.service';
import type { Instant, Role, SessionId, UserId } from '../contract/terms';
import { Metrics } from '../metrics';
import { Clock } from '../ports';

/** A live tab, or a stream: whatever was let in once and stays. */
export interface Connection {
  readonly userId: UserId;
  /** Whom it was let in as. */
  readonly role: Role;
  sessionId: SessionId;
  /** When its access token ends; renewing moves it. */
  expiresAt: Instant;
  /** It reads too slowly for what it is sent. */
  readonly isStuck: boolean;
  expiring(expiresAt: Instant): void;
  end(code: SessionEnd | null): void;
}

const CHECK_MS = 4_000;
const WARN_MS = 60_000;
/** A renewal may be on its way. */
const PATIENCE_MS = 15_000;

/** Everybody who is connected to this process. What lets nobody in any more also throws out. */
@Injectable()
export class Connections {
  private readonly log = new Logger('realtime');
  private readonly all = new Set<Connection>();
  private readonly warned = new WeakMap<Connection, Instant>();

  constructor(
    private readonly sessions: Sessions,
    private readonly activity: Activity,
    private readonly clock: Clock,
    private readonly metrics: Metrics,
  ) {
    sessions.onEnded((sessionId, why) => {
      for (const one of this.all) if (one.sessionId === sessionId) one.end(why);
    });
  }

  get size(): number {
    return this.all.size;
  }

  add(connection: Connection): void {
    this.all.add(connection);
    this.metrics.sockets.set(this.all.size);
    this.activity.heard(connection.userId);
  }

  remove(connection: Connection): void {
    this.all.delete(connection);
    this.metrics.sockets.set(this.all.size);
    this.activity.heard(connection.userId);
  }

  endAll(): void {
    for (const one of this.all) one.end(null);
  }

  /** A ban, a logout or another role given elsewhere, a token that has run out, a reader who does not read: all within seconds. */
  @Interval(CHECK_MS)
  async check(): Promise<void> {
    if (this.all.size === 0) return;
    const now = this.clock.now();
    for (const one of this.all) {
      this.activity.heard(one.userId);
      if (one.isStuck) this.end(one, null);
      else if (one.expiresAt + PATIENCE_MS <= now) this.end(one, 'auth.expired');
      else if (one.expiresAt - WARN_MS <= now && this.warned.get(one) !== one.expiresAt) {
        this.warned.set(one, one.expiresAt);
        one.expiring(one.expiresAt);
      }
    }
    const changed = await this.sessions.changed([...this.all].map(({ sessionId: id, role }) => ({ id, role })));
    for (const one of this.all) {
      const found = changed.get(one.sessionId);
      if (found && (found.over !== null || found.role !== one.role)) this.end(one, found.over, 'has changed');
    }
  }

  /** Without a code he may come back at once, and is let in as what he is by then. */
  private end(connection: Connection, code: SessionEnd | null, why: string = code ?? 'is too slow'): void {
    this.log.log({ user: connection.userId, why }, 'A connection is ended');
    connection.end(code);
  }
}
