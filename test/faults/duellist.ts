import { randomUUID } from 'node:crypto';
import { io, type Socket } from 'socket.io-client';
import type { ClientToServer, ServerToClient } from '../../src/contract/socket';
import { eventually } from '../support/eventually';

type ClientSocket = Socket<ServerToClient, ClientToServer>;
interface Seen {
  readonly seq: number;
  readonly type?: string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly data?: any;
}

/** What came of all requests, and of all connections. */
export class Tally {
  requests = 0;
  readonly failures: string[] = [];
  accepted = 0;
  reconnects = 0;
  snapshots = 0;
  /** How long somebody was without his room, at the longest, in milliseconds. */
  longestAway = 0;
}

/** Somebody who plays through the proxy and does what the browser's app does: asks once, connects again, goes on where he was. */
export class Duellist {
  readonly events: Seen[] = [];
  private socket: ClientSocket | null = null;
  private awaySince: number | null = null;

  private constructor(
    private readonly url: string,
    private readonly tally: Tally,
    private readonly token: string,
  ) {}

  static async signIn(url: string, name: string, tally: Tally): Promise<Duellist> {
    const visitor = new Duellist(url, tally, '');
    const { body } = await visitor.ask('POST', '/auth/guest', { name });
    return new Duellist(url, tally, body.accessToken);
  }

  /** Asks once. What fails is noted, and is an answer without a body. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  async ask(method: 'GET' | 'POST', path: string, body?: object): Promise<{ status: number; body: any }> {
    this.tally.requests += 1;
    const headers = { authorization: `Bearer ${this.token}`, ...(body && { 'content-type': 'application/json' }) };
    try {
      const answer = await fetch(`${this.url}/api${path}`, {
        ...{ method, headers, signal: AbortSignal.timeout(20_000) },
        ...(body && { body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      if (answer.status >= 400) this.tally.failures.push(`${method} ${path}: ${answer.status} ${text.slice(0, 200)}`);
      return { status: answer.status, body: text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : null };
    } catch (error) {
      this.tally.failures.push(`${method} ${path}: ${String(error)} ${String((error as Error).cause)}`);
      return { status: 0, body: null };
    }
  }

  /** A submission that was accepted is owed a verdict. Resolves with its id, or null. */
  async submit(roomId: string, source: string): Promise<string | null> {
    const asked = { problem: 'A', language: 'python', source, key: randomUUID() };
    const { status, body } = await this.ask('POST', `/rooms/${roomId}/submissions`, asked);
    if (status !== 202) return null;
    this.tally.accepted += 1;
    return body.submissionId;
  }

  /** Follows a room, from where he was whenever the connection is back. */
  follow(roomId: string): void {
    const socket: ClientSocket = io(this.url, {
      ...{ path: '/ws', transports: ['websocket'], forceNew: true, auth: { token: this.token } },
      ...{ reconnectionDelay: 50, reconnectionDelayMax: 500 },
    });
    this.socket = socket;
    socket.on('room:event', (event) => this.note(event as Seen));
    socket.on('connect', () => this.resume(socket, roomId));
    socket.on('disconnect', (reason) => {
      this.awaySince ??= Date.now();
      this.tally.reconnects += 1;
      if (reason === 'io server disconnect') socket.connect();
    });
  }

  /** What he saw is the log to the letter of its numbers: 1, 2, 3 … */
  get hasGap(): boolean {
    return this.events.some(({ seq }, index) => seq !== index + 1);
  }

  get position(): number {
    return this.events.at(-1)?.seq ?? 0;
  }

  verdictOf(submissionId: string): string | undefined {
    return this.events.find(({ type, data }) => type === 'submission.judged' && data.submissionId === submissionId)
      ?.data.verdict;
  }

  async reaches(seq: number): Promise<boolean> {
    return eventually('the end of the log', () => this.position >= seq, { patienceMs: 5_000 }).catch(() => false);
  }

  leave(): void {
    this.socket?.disconnect();
  }

  /** The answer is taken in the moment it comes: the events that follow it must find it noted. */
  private resume(socket: ClientSocket, roomId: string): void {
    const asked = { roomId, after: this.position } as never;
    socket.timeout(5_000).emit('room:watch', asked, (error: Error | null, answer: unknown) => {
      // Without an answer the connection has gone again, and there will be another.
      if (error) return;
      const { events, snapshot } = answer as { events?: Seen[]; snapshot?: unknown };
      if (snapshot !== undefined) this.tally.snapshots += 1;
      for (const event of events ?? []) this.note(event);
      if (this.awaySince === null) return;
      this.tally.longestAway = Math.max(this.tally.longestAway, Date.now() - this.awaySince);
      this.awaySince = null;
    });
  }

  private note(event: Seen): void {
    this.events.push(event);
  }
}
