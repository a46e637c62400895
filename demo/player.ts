import { randomUUID } from 'node:crypto';
import { io, type Socket } from 'socket.io-client';
import type { EventType } from '../src/contract/events';
import type { ClientToServer, ServerToClient, SocketAnswer } from '../src/contract/socket';
import type { Program } from './programs';
import { counted, inSeconds, type Story } from './story';
import { ask, pause, type AnswerOf, type EventOf, type RouteName, type WireEvent } from './wire';

/** What the server promised for a submission it took. */
export interface Receipt {
  readonly submissionId: string;
  readonly receivedAt: string;
  readonly userId: string;
  readonly program: Program;
}
/** A contest of ten minutes and the tail of its judging. */
const LONGEST_WAIT_MS = 720_000;
type Seen<T extends EventType> = (event: EventOf<T>) => boolean;

/** One of the two: asks over HTTP, and follows the room on a socket that comes back by itself. */
export class Player {
  /** The room's log as this player got it, each number once. */
  readonly events: WireEvent[] = [];
  readonly receipts: Receipt[] = [];
  userId = '';
  private token: string | undefined;
  private socket: Socket<ServerToClient, ClientToServer> | null = null;
  private roomId = '';
  private awaySince: number | null = null;
  private readonly waiting = new Set<() => void>();

  constructor(
    readonly url: string,
    readonly name: string,
    private readonly story: Story,
  ) {}

  tell(says: string): void {
    this.story.tell(this.name, says);
  }

  async signIn(): Promise<void> {
    const { accessToken, user } = await this.ask('POST /api/auth/guest', { name: this.name });
    this.token = accessToken;
    this.userId = user.id;
    this.tell('signs in');
  }

  ask<N extends RouteName>(name: N, body?: unknown, params: Record<string, string> = {}): Promise<AnswerOf<N>> {
    const asked = { params: { roomId: this.roomId, ...params }, body, token: this.token };
    return ask(this.url, name, asked, () => this.lost());
  }

  /** Follows the room from its first event on, and from where it was whenever the socket comes back. */
  async follow(roomId: string): Promise<void> {
    this.roomId = roomId;
    const socket: Socket<ServerToClient, ClientToServer> = io(this.url, {
      ...{ path: '/ws', transports: ['websocket'], forceNew: true, auth: { token: this.token } },
      ...{ reconnectionDelay: 100, reconnectionDelayMax: 500 },
    });
    this.socket = socket;
    socket.on('connect', () => void this.watch(socket));
    socket.on('room:event', (event) => this.hear([event as WireEvent]));
    socket.on('room:seq', ({ seq }) => {
      if (seq > this.position) void this.watch(socket);
    });
    socket.on('disconnect', (reason) => {
      if (reason === 'io client disconnect') return;
      this.lost();
      // Whom the server sends away is not called back by the library.
      if (reason === 'io server disconnect') socket.connect();
    });
    await this.until('room.opened');
  }

  hangUp(): void {
    this.tell(`loses the connection (at event ${this.position})`);
    this.awaySince = performance.now();
    this.socket?.disconnect();
  }

  callAgain(): void {
    this.socket?.connect();
  }

  leave(): void {
    this.socket?.disconnect();
  }

  /** How far this player's log goes, without a hole. */
  get position(): number {
    return this.events.length;
  }

  /** Submits, however often it takes: under its one key it counts once. */
  async submit(program: Program, key: string = randomUUID()): Promise<Receipt> {
    const { problem, language, source } = program;
    const body = { problem, language, source, key };
    const { submissionId, receivedAt } = await this.ask('POST /api/rooms/:roomId/submissions', body);
    const receipt = { submissionId, receivedAt, userId: this.userId, program };
    this.receipts.push(receipt);
    return receipt;
  }

  judged({ submissionId }: Receipt): Promise<EventOf<'submission.judged'>> {
    return this.until('submission.judged', ({ data }) => data.submissionId === submissionId);
  }

  /** Runs a program beside the contest. Its result may be announced while nobody listens, so it is asked for. */
  async try({ problem, language, source }: Program, input: string): Promise<AnswerOf<'GET /api/trials/:trialId'>> {
    const asked = { problem, language, source, input };
    const { trialId } = await this.ask('POST /api/rooms/:roomId/trials', asked);
    for (;;) {
      const trial = await this.ask('GET /api/trials/:trialId', undefined, { trialId });
      if (trial.verdict !== null) return trial;
      await pause(100);
    }
  }

  /** The first event of a type, seen already or to come, that fits. @throws {Error} when it stays away for longer than any demo lasts. */
  until<T extends EventType>(type: T, fits: Seen<T> = () => true): Promise<EventOf<T>> {
    return new Promise((resolve, reject) => {
      const look = () => {
        const found = this.events.find((event) => event.type === type && fits(event as unknown as EventOf<T>));
        if (!found) return;
        clearTimeout(late);
        this.waiting.delete(look);
        resolve(found as unknown as EventOf<T>);
      };
      const late = setTimeout(() => reject(new Error(`${this.name} waited in vain for ${type}`)), LONGEST_WAIT_MS);
      this.waiting.add(look);
      look();
    });
  }

  private async watch(socket: Socket<ServerToClient, ClientToServer>): Promise<void> {
    const after = this.position;
    let answer: SocketAnswer;
    try {
      answer = await socket.timeout(5_000).emitWithAck('room:watch', { roomId: this.roomId as 'room_', after });
    } catch {
      return; // The connection broke before the answer: the next one asks again.
    }
    if (!answer.ok) throw new Error(`${this.name} may not follow the room: ${answer.error.message}`);
    const missed = (answer['events'] ?? []) as WireEvent[];
    this.found(after, missed);
    this.hear(missed);
  }

  /** An event that is not the next one has been seen, or will come with what is missing before it. */
  private hear(events: readonly WireEvent[]): void {
    for (const event of events) if (event.seq === this.position + 1) this.events.push(event);
    for (const look of this.waiting) look();
  }

  private lost(): void {
    if (this.awaySince !== null) return;
    this.awaySince = performance.now();
    this.tell('finds the server away, and goes on trying');
  }

  private found(after: number, missed: readonly WireEvent[]): void {
    if (this.awaySince === null) return;
    const gap = inSeconds(performance.now() - this.awaySince);
    this.awaySince = null;
    const exact = missed.every(({ seq }, index) => seq === after + 1 + index);
    this.tell(
      `is back after ${gap}, ${counted(missed.length, 'event')} replayed${exact ? '' : ', AND NOT THE RIGHT ONES'}`,
    );
  }
}
