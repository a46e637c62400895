import { setTimeout as pause } from 'node:timers/promises';
import { Redis, type RedisOptions } from 'ioredis';

type Say = (level: 'info' | 'warn', line: string) => void;

const LOOK_MS = 1_000;
/** A frozen server, or a cable that was cut, closes no connection: one that is silent for so long is given up. */
const PATIENCE_MS = 2_000;
const PATIENCE_AT_START_MS = 1_000;
const PATIENCE_AT_END_MS = 500;
const CLOSED = 'it closed the connection';

/**
 * A client whose commands may be forgotten: here and in libraries most are sent and not awaited, and
 * in an outage each would end the process as an unhandled rejection. Whoever awaits one still hears.
 */
class Client extends Redis {
  override sendCommand(...given: Parameters<Redis['sendCommand']>): ReturnType<Redis['sendCommand']> {
    const sent = super.sendCommand(...given);
    (sent as Promise<unknown>).catch(() => undefined);
    return sent;
  }
}

/**
 * This process's two connections to Redis, for speaking and for listening. They come back by
 * themselves. Nothing here is waited for: what cannot be said now is refused at once, so that an
 * outage leaves neither waiting requests nor a growing pile.
 */
export class RedisConnection {
  readonly publisher: Redis;
  readonly subscriber: Redis;
  private readonly watch: NodeJS.Timeout;
  private readonly askedAt = new Map<Redis, number>();
  private wasConnected = false;
  private reason = CLOSED;

  private constructor(
    url: string,
    private readonly say: Say,
  ) {
    const options: RedisOptions = {
      connectTimeout: PATIENCE_MS,
      disconnectTimeout: 100,
      retryStrategy: (times) => Math.min(50 * times, LOOK_MS),
    };
    this.publisher = new Client(url, { ...options, enableOfflineQueue: false, maxRetriesPerRequest: 1 });
    // What waits here for the first connection is a subscription or two of the socket adapter; ours are kept by the bus.
    this.subscriber = new Client(url, { ...options, maxRetriesPerRequest: null });
    for (const client of [this.publisher, this.subscriber]) {
      for (const turn of ['ready', 'close'] as const)
        client.on(turn, () => {
          this.askedAt.delete(client);
          this.note();
        });
      // Told once by `note`, with its reason; every further attempt fails the same way.
      client.on('error', (error: Error) => (this.reason = error.message || this.reason));
    }
    // After what has come in meanwhile is read: a busy process must not take its own slowness for the server's.
    this.watch = setInterval(() => setImmediate(() => this.look()), LOOK_MS);
  }

  /** Resolves when Redis answers, or soon if it does not: its absence keeps nobody from starting. */
  static async open(url: string, say: Say): Promise<RedisConnection> {
    const connection = new RedisConnection(url, say);
    const ready = [connection.publisher, connection.subscriber].map(
      (client) => new Promise((is) => client.once('ready', is)),
    );
    await Promise.race([Promise.all(ready), pause(PATIENCE_AT_START_MS, undefined, { ref: false })]);
    if (!connection.isConnected)
      say('warn', `Redis does not answer (${connection.reason}); until it does, this process is on its own`);
    return connection;
  }

  /** As of now, without asking: a frozen server is noticed after seconds. */
  get isConnected(): boolean {
    return this.publisher.status === 'ready' && this.subscriber.status === 'ready';
  }

  /** What was said before is sent first, if Redis takes it. */
  async close(): Promise<void> {
    clearInterval(this.watch);
    this.wasConnected = false;
    if (this.publisher.status === 'ready')
      await Promise.race([this.publisher.ping(), pause(PATIENCE_AT_END_MS, undefined, { ref: false })]).catch(
        () => undefined,
      );
    this.publisher.disconnect();
    this.subscriber.disconnect();
  }

  private note(): void {
    if (this.isConnected === this.wasConnected) return;
    this.wasConnected = this.isConnected;
    if (this.wasConnected) this.say('info', 'Redis answers; other processes are reached');
    else this.say('warn', `Redis is lost (${this.reason}); until it is back, this process is on its own`);
    this.reason = CLOSED;
  }

  private look(): void {
    const now = performance.now();
    for (const client of [this.publisher, this.subscriber]) {
      // Connected, and either ready or waiting for a first answer; otherwise it is on its way back by itself.
      if (client.status !== 'ready' && client.status !== 'connect') continue;
      const asked = this.askedAt.get(client);
      if (asked === undefined) {
        this.askedAt.set(client, now);
        const answered = () => this.askedAt.delete(client);
        if (client.status === 'ready') client.ping().then(answered, answered);
      } else if (now - asked > PATIENCE_MS) {
        this.reason = 'it does not answer';
        client.disconnect(true);
      }
    }
  }
}
