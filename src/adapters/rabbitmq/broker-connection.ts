import {
  connect,
  IllegalOperationError,
  type Channel,
  type ChannelModel,
  type ConfirmChannel,
  type RecoveringChannelModel,
} from 'amqplib';
import { inWords } from './topology';

export type Say = (level: 'info' | 'warn' | 'error', line: string) => void;

/** What became of a message: `unsent` was not tried, `lost` may or may not have arrived. */
export type Fate = 'taken' | 'refused' | 'unroutable' | 'lost' | 'unsent';

/** Half of it without a word from the broker, and the connection is taken for dead. */
const HEARTBEAT_S = 10;
const CONNECT_WITHIN_MS = 5_000;
const RETRY = { initialDelay: 200, maxDelay: 5_000, jitter: 0.3 };
/** A broker that takes everything and confirms nothing must not fill our memory. */
const MOST_UNCONFIRMED = 20_000;
const CLOSE_WITHIN_MS = 2_000;

/**
 * A connection with one channel. The library connects again by itself, but knows nothing of channels:
 * whatever ends the channel ends the connection here, and both are made anew together, in the one way
 * there is. A change for better or worse is told once, not at every try.
 */
export class BrokerConnection {
  private model: RecoveringChannelModel | null = null;
  private open: ConfirmChannel | null = null;
  /** The same, and already while it is being set up. */
  private current: ConfirmChannel | null = null;
  private end: () => void = () => undefined;
  /** Why there is no channel. */
  private why: string | null = 'not connected yet';
  /** What an error said whose consequence is still to come. */
  private cause: string | null = null;
  private lostAt: number | null = null;
  private blocked = false;
  private closed = false;
  private sent = 0;
  private readonly unconfirmed = new Map<string, (fate: Fate) => void>();
  private readonly waiting = new Set<() => void>();

  /** `setUp` makes a new channel ready for what it is for. While that fails there is none, and it is tried again. */
  constructor(
    url: string,
    private readonly name: string,
    private readonly say: Say,
    private readonly setUp: (channel: ConfirmChannel) => Promise<void>,
  ) {
    const address = new URL(url);
    if (!address.searchParams.has('heartbeat')) address.searchParams.set('heartbeat', String(HEARTBEAT_S));
    const recovery = { ...RETRY, waitForConnect: false, setup: (model: ChannelModel) => this.begin(model) };
    const clientProperties = { connection_name: `joust ${name}` };
    void connect(address.href, { timeout: CONNECT_WITHIN_MS, clientProperties, recovery }).then((model) => {
      this.model = model;
      model.on('connect', () => this.back());
      for (const lost of ['disconnect', 'connect-failed']) model.on(lost, (error) => this.without(inWords(error)));
      model.on('error', (error) => (this.cause = inWords(error)));
      model.on('blocked', (reason) => this.block(reason));
      model.on('unblocked', () => this.unblock());
      if (this.closed) void model.close();
    });
  }

  /** Null while there is none. */
  get channel(): ConfirmChannel | null {
    return this.open;
  }

  /** Whether what came by this channel can still be answered. */
  isCurrent(channel: Channel): boolean {
    return channel === this.current;
  }

  /** Null while all is well. */
  get trouble(): string | null {
    return this.open === null ? this.why : this.blocked ? 'the broker takes nothing for now' : null;
  }

  /** The channel, once there is one; null if there is none within this time. */
  async within(ms: number): Promise<ConfirmChannel | null> {
    if (this.open === null && !this.closed) {
      await new Promise<void>((resolve) => {
        const over = () => {
          clearTimeout(late);
          this.waiting.delete(over);
          resolve();
        };
        const late = setTimeout(over, ms);
        this.waiting.add(over);
      });
    }
    return this.open;
  }

  /** Sends what is to be kept, and tells what became of it. Never rejects, and never waits to send. */
  publish(exchange: string, key: string, content: Buffer, headers: object = {}): Promise<Fate> {
    const channel = this.open;
    if (channel === null || this.blocked || this.unconfirmed.size >= MOST_UNCONFIRMED) return Promise.resolve('unsent');
    return new Promise((resolve) => {
      const messageId = String((this.sent += 1));
      this.unconfirmed.set(messageId, resolve);
      const options = { messageId, headers, mandatory: true, persistent: true, contentType: 'text/plain' };
      channel.publish(exchange, key, content, options, (refused: unknown) =>
        this.settle(messageId, refused === null ? 'taken' : this.open === channel ? 'refused' : 'lost'),
      );
    });
  }

  /** Ends the connection, so that it is made anew. */
  renew(why: string): void {
    this.cause = why;
    this.end();
  }

  /** Ends it for good. */
  async close(): Promise<void> {
    this.closed = true;
    this.open = this.current = null;
    this.wake();
    const tooLate = new Promise<void>((resolve) => setTimeout(resolve, CLOSE_WITHIN_MS).unref());
    await Promise.race([this.model?.close(), tooLate]);
  }

  private async begin(model: ChannelModel): Promise<void> {
    model.on('error', (error) => (this.cause = inWords(error)));
    const channel = await model.createConfirmChannel();
    this.current = channel;
    channel.on('error', (error) => (this.cause = inWords(error)));
    // Told before it is confirmed: a message that no queue takes is confirmed as well.
    channel.on('return', ({ properties }) => this.settle(String(properties.messageId), 'unroutable'));
    this.end = () => {
      if (this.current === channel) this.open = this.current = null;
      setImmediate(() => void model.close().catch((error: unknown) => this.ignoreIfOver(error)));
    };
    // Before the library's own listener, which gives up all that is unconfirmed: that is lost then, not refused.
    channel.prependOnceListener('close', this.end);
    await this.setUp(channel);
    // Lost in this very moment, it would be nobody's to make anew: the library watches only what is ready.
    if (this.current !== channel) throw new Error('the connection was lost while it was made ready');
    this.open = channel;
  }

  private settle(messageId: string, fate: Fate): void {
    this.unconfirmed.get(messageId)?.(fate);
    this.unconfirmed.delete(messageId);
  }

  private back(): void {
    const after = this.lostAt === null ? '' : `, after ${((Date.now() - this.lostAt) / 1000).toFixed(1)} s`;
    this.say('info', `RabbitMQ (${this.name}): connected${after}`);
    [this.why, this.cause, this.lostAt, this.blocked] = [null, null, null, false];
    this.wake();
  }

  /** Tried many times, told once for every reason. */
  private without(reason: string): void {
    const why = this.cause ?? reason;
    this.cause = null;
    this.lostAt ??= Date.now();
    if (why !== this.why) this.say('warn', `RabbitMQ (${this.name}): not connected, and trying again: ${why}`);
    this.why = why;
  }

  private block(reason: string): void {
    this.blocked = true;
    this.say('warn', `RabbitMQ (${this.name}): takes nothing for now: ${reason}`);
  }

  private unblock(): void {
    this.blocked = false;
    this.say('info', `RabbitMQ (${this.name}): takes messages again`);
  }

  private wake(): void {
    for (const over of this.waiting) over();
  }

  private ignoreIfOver(error: unknown): void {
    if (!(error instanceof IllegalOperationError))
      this.say('warn', `RabbitMQ (${this.name}): could not be closed: ${inWords(error)}`);
  }
}
