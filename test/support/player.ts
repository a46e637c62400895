import { io, type Socket } from 'socket.io-client';
import type { EventType } from '../../src/contract/events';
import { REFUSALS, type RefusalCode } from '../../src/contract/refusals';
import { refusalsOf } from '../../src/contract/route-refusals';
import type { Route } from '../../src/contract/route';
import { ROUTES } from '../../src/contract/routes';
import type { ClientToServer, RequestName, ServerToClient, SocketAnswer } from '../../src/contract/socket';

/** What came back over HTTP. The body is whatever the server said: tests look into it freely. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly body: any;
}
export type ClientSocket = Socket<ServerToClient, ClientToServer>;
/** An event as it came over the wire. */
export interface WireEvent {
  readonly roomId: string;
  readonly seq: number;
  readonly at?: string;
  readonly type?: EventType;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly data?: any;
}

/** Sends a request, and holds the answer against the contract: no test sees an answer the contract does not promise. */
export async function request(
  url: string,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Reply> {
  const response = await fetch(url + path, {
    method,
    // A server closes a connection that is idle for 5 s. Who was busy for as long would send into one that closes.
    headers: { connection: 'close', ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const reply: Reply = { status: response.status, headers: response.headers, body: text === '' ? null : parsed(text) };
  holdToContract(method, path, reply);
  return reply;
}

function parsed(text: string): unknown {
  return /^[[{"]/.test(text) ? JSON.parse(text) : text;
}

const TABLE = Object.entries(ROUTES as Record<string, Route>).map(([name, route]) => {
  const [method, path] = name.split(' ') as [string, string];
  return { method, pattern: new RegExp(`^${path.replace(/:\w+/g, '[^/]+')}$`), route, name };
});

function holdToContract(method: string, path: string, { status, body }: Reply): void {
  const found = TABLE.find((one) => one.method === method && one.pattern.test(path.split('?')[0]!));
  if (!found) return;
  if (status < 400) {
    expect({ route: found.name, status }).toEqual({ route: found.name, status: found.route.status });
    if (found.route.answer) expect(found.route.answer.safeParse(body).error?.issues ?? []).toEqual([]);
  } else {
    const { code } = body?.error ?? {};
    const expected = refusalsOf(found.name, found.route).includes(code) ? 'in the contract' : 'not in the contract';
    expect({ route: found.name, status, code, is: expected }).toMatchObject({ is: 'in the contract' });
    expect(status).toBe(REFUSALS[code as RefusalCode].status);
  }
}

/** Somebody who plays over real HTTP and real sockets. */
export class Player {
  private readonly sockets: ClientSocket[] = [];

  private constructor(
    readonly url: string,
    readonly id: string,
    readonly name: string,
    public token: string,
    public cookie: string,
  ) {}

  static async signIn(url: string, name: string): Promise<Player> {
    const { status, body, headers } = await request(url, 'POST', '/api/auth/guest', { name });
    if (status !== 201) throw new Error(`Signing in answered ${status}: ${JSON.stringify(body)}`);
    const cookie = headers.getSetCookie()[0]!.split(';')[0]!;
    return new Player(url, body.user.id, body.user.name, body.accessToken, cookie);
  }

  get(path: string): Promise<Reply> {
    return request(this.url, 'GET', `/api${path}`, undefined, this.headers);
  }

  post(path: string, body: unknown = {}): Promise<Reply> {
    return request(this.url, 'POST', `/api${path}`, body, this.headers);
  }

  /** By any method; without a body none is sent. */
  ask(method: string, path: string, body?: unknown): Promise<Reply> {
    return request(this.url, method, `/api${path}`, body, this.headers);
  }

  get headers(): Record<string, string> {
    return { authorization: `Bearer ${this.token}`, cookie: this.cookie };
  }

  /** A fresh access token, for whoever has travelled further than the old one lasts. */
  async renew(): Promise<void> {
    const { status, body, headers } = await request(this.url, 'POST', '/api/auth/refresh', {}, { cookie: this.cookie });
    if (status !== 200) throw new Error(`Renewing answered ${status}: ${JSON.stringify(body)}`);
    this.token = body.accessToken;
    this.cookie = headers.getSetCookie()[0]!.split(';')[0]!;
  }

  connect(auth: object = { token: this.token }, options: object = {}): ClientSocket {
    const socket: ClientSocket = io(this.url, {
      path: '/ws',
      transports: ['websocket'],
      forceNew: true,
      auth,
      ...options,
    });
    this.sockets.push(socket);
    return socket;
  }

  async watch(roomId: string, after?: number): Promise<Watch> {
    const watch = new Watch(this.connect(), roomId);
    await watch.start(after);
    return watch;
  }

  disconnect(): void {
    for (const socket of this.sockets) socket.disconnect();
  }
}

/** A socket that follows one room and remembers what it saw. */
export class Watch {
  readonly events: WireEvent[] = [];
  readonly notices: { readonly name: string; readonly body: unknown }[] = [];
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  answer: any = null;
  private readonly waiting = new Set<() => void>();

  constructor(
    readonly socket: ClientSocket,
    readonly roomId: string,
  ) {
    socket.onAny((name: string, body: unknown) => {
      if (name === 'room:event') this.events.push(body as WireEvent);
      else this.notices.push({ name, body });
      for (const look of this.waiting) look();
    });
  }

  async start(after?: number): Promise<void> {
    this.answer = await ask(this.socket, 'room:watch', { roomId: this.roomId, ...(after !== undefined && { after }) });
    if (this.answer.ok !== true) throw new Error(`Watching was refused: ${JSON.stringify(this.answer)}`);
    this.events.unshift(...((this.answer.events ?? []) as WireEvent[]));
  }

  types(): (EventType | undefined)[] {
    return this.events.map(({ type }) => type);
  }

  /** The first event, seen already or to come, that fits. */
  async until(fits: EventType | ((event: WireEvent) => boolean), patienceMs = 60_000): Promise<WireEvent> {
    const is = typeof fits === 'string' ? (event: WireEvent) => event.type === fits : fits;
    return this.eventually(() => this.events.find(is), `${String(fits)} after ${this.types().join(', ')}`, patienceMs);
  }

  async notice(name: keyof ServerToClient, patienceMs = 60_000): Promise<unknown> {
    return (await this.eventually(() => this.notices.find((one) => one.name === name), name, patienceMs)).body;
  }

  private eventually<T>(find: () => T | undefined, what: string, patienceMs: number): Promise<T> {
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => {
        this.waiting.delete(look);
        reject(new Error(`Waited in vain for ${what}`));
      }, patienceMs);
      const look = () => {
        const found = find();
        if (found === undefined) return;
        clearTimeout(late);
        this.waiting.delete(look);
        resolve(found);
      };
      this.waiting.add(look);
      look();
    });
  }
}

/** Asks over a socket and waits for the ack. */
export async function ask(socket: ClientSocket, name: RequestName, body: unknown): Promise<SocketAnswer> {
  return await socket.timeout(60_000).emitWithAck(name, body as never);
}
