import { signal } from '@preact/signals-core';
import { io, type Socket } from 'socket.io-client';
import type { SeenEvent } from '../../src/contract/events';
import type { RefusalCode } from '../../src/contract/refusals';
import type { ClientToServer, RequestBody, RequestName, ServerToClient, SocketAnswer } from '../../src/contract/socket';
import { fromWire } from '../../src/contract/wire';
import type { SeenRoom } from '../../src/core/room';
import type { AnswerOf } from './api';
import type { RoomStore } from './room-store';
import type { ServerClock } from './server-clock';
import type { Session } from './session';

/**
 * How the connection is. `unstable`: the server is slow to answer; `restarting`: it said so itself;
 * `ended`: the session is over, and nobody is called before somebody has signed in.
 */
export type LinkState = 'connecting' | 'online' | 'unstable' | 'reconnecting' | 'restarting' | 'ended';
export type Trial = AnswerOf<'GET /api/trials/:trialId'>;

/** What the room may not be told any more, or never: the server refused to let us follow it. */
interface LiveListener {
  trial(trial: Trial): void;
  refused(code: RefusalCode): void;
}

type ClientSocket = Socket<ServerToClient, ClientToServer>;
const PINGS = 5;
const ANSWER_WITHIN_MS = 5_000;
const SLOW_MS = 4_000;
const LOOK_EVERY_MS = 10_000;
const SET_CLOCK_EVERY_MS = 60_000;

/**
 * The line to the server. It keeps one room's store level with the server's log: after every return
 * it asks for exactly what it missed, and whenever the server's position shows that something got lost.
 */
export class Live {
  readonly link = signal<LinkState>('connecting');
  /** When the line broke, by the steady clock; null while it holds. */
  readonly brokenAt = signal<number | null>(null);
  readonly lagMs = signal<number | null>(null);
  /** How many events the last return brought, until somebody has said so. */
  readonly replayed = signal<number | null>(null);
  private readonly socket: ClientSocket;
  private readonly timer: ReturnType<typeof setInterval>;
  private readonly stopRenewing: () => void;
  private clockSetAt = -Infinity;
  private watching = false;
  private closed = false;

  constructor(
    private readonly session: Session,
    private readonly clock: ServerClock,
    private readonly store: RoomStore,
    private readonly listener: LiveListener,
  ) {
    this.socket = io({
      path: '/ws',
      transports: ['websocket'],
      reconnectionDelay: 500,
      reconnectionDelayMax: 5_000,
      randomizationFactor: 0.5,
      forceNew: true,
      auth: (give) => give({ token: session.token }),
    });
    this.hearSocket();
    this.hearRoom();
    this.stopRenewing = session.onRenewed((token) => {
      if (this.link.value === 'ended') this.link.value = 'reconnecting';
      if (this.socket.connected) void this.ask('session:renew', { token });
      else this.callAgain();
    });
    this.timer = setInterval(() => void this.look(), LOOK_EVERY_MS);
  }

  /** The network is back, or the page is looked at again: no time to lose. */
  callAgain(): void {
    if (this.closed || this.link.value === 'ended') return;
    if (this.socket.connected) void this.setClock();
    else this.socket.disconnect().connect();
  }

  close(): void {
    this.closed = true;
    clearInterval(this.timer);
    this.stopRenewing();
    this.socket.disconnect();
  }

  private hearSocket(): void {
    this.socket.on('connect', () => {
      void this.watch();
      void this.setClock();
    });
    this.socket.on('connect_error', (error) => {
      this.broken('reconnecting');
      const { data } = error as Error & { data?: { code?: string } };
      if (data?.code?.startsWith('auth.')) void this.renewSession();
      // Whom the server refuses is not called back by the library.
      else if (!this.socket.active) this.later(() => this.socket.connect());
    });
    this.socket.on('disconnect', (reason) => {
      if (this.closed || reason === 'io client disconnect') return;
      this.broken(this.link.value === 'restarting' ? 'restarting' : 'reconnecting');
      if (reason === 'io server disconnect') this.later(() => this.socket.connect());
    });
    this.socket.on('server:restarting', () => (this.link.value = 'restarting'));
    this.socket.on('session:expiring', () => void this.renewSession());
    this.socket.on('session:ended', () => void this.renewSession());
  }

  private hearRoom(): void {
    const { store } = this;
    this.socket.on('room:event', (event) => this.take([fromWire(event) as SeenEvent]));
    this.socket.on('room:seq', ({ roomId, seq }) => {
      if (roomId === store.roomId && seq > store.seq) void this.watch();
    });
    this.socket.on('presence', ({ roomId, userId, state, since }) => {
      if (roomId === store.roomId) store.isThere(userId, { state, since: Date.parse(since) });
    });
    this.socket.on('submission:progress', ({ submissionId, done, of }) => store.hasRun(submissionId, { done, of }));
    this.socket.on('trial:done', (trial) => this.listener.trial(fromWire(trial)));
  }

  private take(events: readonly SeenEvent[]): void {
    if (!this.store.take(events)) void this.watch();
  }

  /** Asks for what is missing, and to be told the rest. */
  private async watch(): Promise<void> {
    if (this.watching || this.closed) return;
    this.watching = true;
    const { roomId, seq: after } = this.store;
    const answer = await this.ask('room:watch', { roomId, after }).finally(() => (this.watching = false));
    if (answer === null) return; // The line broke before the answer: the next one asks again.
    if (!answer.ok) {
      if (answer.error.code.startsWith('auth.')) void this.renewSession();
      else this.listener.refused(answer.error.code);
      return;
    }
    const missed = answer as unknown as { seq: number; events?: unknown[]; snapshot?: unknown };
    if (missed.events) this.take(fromWire(missed.events) as SeenEvent[]);
    else this.store.restart(fromWire(missed.snapshot) as SeenRoom, missed.seq);
    if (this.brokenAt.value !== null && after > 0) this.replayed.value = this.store.seq - after;
    this.link.value = 'online';
    this.brokenAt.value = null;
    if (missed.seq > this.store.seq) void this.watch(); // Of a very long log only a beginning is sent.
  }

  /** Whether the server still answers, in its own good time, and whether our clock is still right. */
  private async look(): Promise<void> {
    if (!this.socket.connected) return;
    const slept = this.clock.slept();
    if (slept || performance.now() - this.clockSetAt > SET_CLOCK_EVERY_MS) return this.setClock();
    await this.ping();
  }

  private async setClock(): Promise<void> {
    this.clockSetAt = performance.now();
    this.clock.begin();
    for (let round = 0; round < PINGS; round += 1) await this.ping();
    this.lagMs.value = this.clock.tripMs;
  }

  private async ping(): Promise<void> {
    const askedAt = performance.now();
    const slow = setTimeout(() => {
      if (this.link.value === 'online') this.link.value = 'unstable';
    }, SLOW_MS);
    const answer = await this.ask('clock:ping', {});
    clearTimeout(slow);
    if (!answer?.ok) return;
    if (this.link.value === 'unstable') this.link.value = 'online';
    this.clock.answered(Date.parse(String(answer['serverNow'])), askedAt);
    this.lagMs.value = performance.now() - askedAt;
  }

  /** null: the line broke before the answer. */
  private async ask<N extends RequestName>(name: N, body: RequestBody<N>): Promise<SocketAnswer | null> {
    const within: { emitWithAck(name: string, body: unknown): Promise<SocketAnswer> } =
      this.socket.timeout(ANSWER_WITHIN_MS);
    try {
      return await within.emitWithAck(name, body);
    } catch (error) {
      if (error instanceof Error) return null;
      throw error;
    }
  }

  private async renewSession(): Promise<void> {
    try {
      if (!(await this.session.renew())) this.broken('ended');
    } catch (error) {
      if (!(error instanceof Error && error.name === 'Away')) throw error;
      this.later(() => this.socket.connect());
    }
  }

  private broken(state: 'reconnecting' | 'restarting' | 'ended'): void {
    this.brokenAt.value ??= performance.now();
    if (this.link.value !== 'ended' || state === 'ended') this.link.value = state;
  }

  private later(act: () => void): void {
    setTimeout(() => {
      if (!this.closed) act();
    }, 1_000);
  }
}
