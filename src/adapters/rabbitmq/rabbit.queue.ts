import type { ConfirmChannel, ConsumeMessage, Message } from 'amqplib';
import type { JobId } from '../../contract/terms';
import { JudgeQueue, type JobOutcome, type Notice, type QueueState } from '../../ports';
import { BrokerConnection, type Fate, type Say } from './broker-connection';
import { Deliveries, type Delivery } from './deliveries';
import { excerptOf, jobIn, siftNotices } from './notices';
import { declare, namesOf, type Names } from './topology';

interface Broker {
  readonly url: string;
  /** Before the names of all that is made there. */
  readonly prefix?: string;
  readonly say: Say;
  /** At how many waiting announcements it is full. */
  readonly most?: number;
}

/** How long somebody who asks waits for a broker that is away. */
const PATIENCE_MS = 2_000;
/** How long reading all notices may take. */
const READING_MS = 30_000;
/** What cannot be begun is given back this much later: whoever cannot work must not take all from those who can. */
const LATER_MS = 1_000;
/** Of a channel's one consumer. */
const TAG = 'judge';

type Work = (job: JobId) => Promise<JobOutcome>;

/**
 * The queue of many processes. Announcements are persistent and confirmed, and acknowledged only when
 * their work is done, so that what a judge had in hand who is gone is handed to another. Nobody waits
 * for the broker: what it did not take, the sweep announces again.
 *
 * Announcing and consuming have a connection each: a broker short of memory stops reading from those
 * who publish, and the judges' acknowledgements must come through.
 */
export class RabbitJudgeQueue extends JudgeQueue {
  readonly isOnlyOurs = false;
  private readonly names: Names;
  private readonly announcing: BrokerConnection;
  private consuming: BrokerConnection | null = null;
  private deliveries: Deliveries | null = null;
  private readonly pauses = new Map<NodeJS.Timeout, () => void>();
  private refuses = false;
  private closing = false;

  /** Connects in the background, for as long as it takes. */
  constructor(private readonly broker: Broker) {
    super();
    this.names = namesOf(broker.prefix ?? '');
    this.announcing = this.connection('announcing', () => Promise.resolve());
  }

  announce(job: JobId): Promise<void> {
    void this.announcing.publish('', this.names.queue, Buffer.from(job)).then((fate) => this.learn(fate));
    return Promise.resolve();
  }

  async missing(owed: number): Promise<number> {
    const counts = await this.count();
    return counts === null ? 0 : Math.max(0, owed - counts.waiting);
  }

  consume(slots: number, work: Work): Promise<void> {
    // To the broker none is as many as there are.
    if (slots === 0) return Promise.resolve();
    const deliveries = new Deliveries(slots, (delivery) => this.handle(delivery, work));
    this.deliveries = deliveries;
    this.consuming = this.connection('judging', async (channel) => {
      deliveries.drop();
      if (this.closing) return;
      await channel.prefetch(slots);
      const heard = (message: ConsumeMessage | null) => {
        if (this.closing) return;
        // The queue was deleted, or its node left: with a new connection it is declared anew.
        if (message === null) this.consuming?.renew('the queue was taken away');
        else deliveries.add({ message, channel });
      };
      await channel.consume(this.names.queue, heard, { consumerTag: TAG });
    });
    return Promise.resolve();
  }

  async sift(isOver: (notice: Notice) => boolean): Promise<boolean> {
    const channel = await this.announcing.within(PATIENCE_MS);
    if (channel === null) return false;
    const sifted = siftNotices(channel, this.names.deadLetters, isOver).then(() => true);
    return (await inTime(sifted, READING_MS)) ?? false;
  }

  async state(patienceMs = 0): Promise<QueueState> {
    if (patienceMs > 0) await this.announcing.within(patienceMs);
    const counts = await this.count();
    const trouble = this.announcing.trouble ?? this.consuming?.trouble ?? null;
    const connected = counts !== null && trouble === null;
    const says = connected ? `RabbitMQ, ${this.names.queue}` : `RabbitMQ: ${trouble ?? 'does not answer'}`;
    return { connected, says, waiting: counts?.waiting ?? null, dead: counts?.dead ?? null };
  }

  async close(): Promise<void> {
    if (!this.closing) this.leaveTheRest();
    this.closing = true;
    for (const [pause, over] of this.pauses) {
      clearTimeout(pause);
      over();
    }
    await this.deliveries?.done();
    await Promise.all([this.announcing.close(), this.consuming?.close()]);
  }

  /** To the other judges, at once: what this one has in hand may take it a while. */
  private leaveTheRest(): void {
    const rest = this.deliveries?.drop() ?? [];
    const channel = this.consuming?.channel;
    if (!channel) return;
    // Asked first, the broker gives nothing of it to this one again. Nothing but the end of the channel fails it.
    channel.cancel(TAG).catch(() => undefined);
    for (const one of rest) if (one.channel === channel) channel.nack(one.message);
  }

  private connection(name: string, setUp: (channel: ConfirmChannel) => Promise<void>): BrokerConnection {
    return new BrokerConnection(this.broker.url, name, this.broker.say, async (channel) => {
      await declare(channel, this.names, this.broker.most);
      await setUp(channel);
    });
  }

  /** Whatever was deleted is made anew on the way. Null: nobody knows now. */
  private async count() {
    const { channel } = this.announcing;
    return channel === null ? null : inTime(declare(channel, this.names, this.broker.most));
  }

  private async handle({ message, channel }: Delivery, work: Work): Promise<void> {
    if (!this.consuming?.isCurrent(channel)) return; // it is handed out again
    const job = jobIn(message);
    const outcome = job === null ? { dead: 'It names no job' } : await work(job);
    if (job === null)
      this.broker.say('warn', `RabbitMQ: a message names no job: ${JSON.stringify(excerptOf(message))}`);
    if (outcome === 'later') await this.pause();
    const noticed = typeof outcome !== 'object' || (await this.notice(message, outcome.dead));
    if (!this.consuming.isCurrent(channel)) return; // as above: whoever gets it finds the job done
    if (noticed) channel.ack(message);
    // The broker moves it itself, as soon as it can.
    else channel.nack(message, false, false);
  }

  private async notice({ content }: Message, reason: string): Promise<boolean> {
    const headers = { reason: reason.slice(0, 1_000), at: new Date().toISOString() };
    const send = () => inTime(this.announcing.publish(this.names.deadLetterExchange, '', content, headers));
    const fate = await send();
    if (fate !== 'unroutable') return fate === 'taken';
    await this.count(); // the dead letters were deleted; now they are there again
    return (await send()) === 'taken';
  }

  private pause(): Promise<void> {
    if (this.closing) return Promise.resolve();
    return new Promise((resolve) => {
      const pause = setTimeout(() => {
        this.pauses.delete(pause);
        resolve();
      }, LATER_MS);
      this.pauses.set(pause, resolve);
    });
  }

  /** Says it once when announcements are not taken, and once when they are again. */
  private learn(fate: Fate): void {
    const refuses = fate === 'refused' || fate === 'unroutable';
    if (refuses === this.refuses || (fate !== 'taken' && !refuses)) return;
    this.refuses = refuses;
    const why = fate === 'refused' ? 'it is full' : 'it is not there';
    if (refuses)
      this.broker.say('warn', `RabbitMQ: ${this.names.queue} takes no announcements, ${why}; they are made again`);
    else this.broker.say('info', `RabbitMQ: ${this.names.queue} takes announcements again`);
  }
}

/** What the broker answers, or null where it does not within this time. */
async function inTime<T>(answer: Promise<T>, ms = PATIENCE_MS): Promise<T | null> {
  let late: NodeJS.Timeout | undefined;
  const tooLate = new Promise<null>((resolve) => (late = setTimeout(() => resolve(null), ms)));
  // Nothing but the end of its channel fails a question, and that has been told.
  return Promise.race([answer.catch(() => null), tooLate]).finally(() => clearTimeout(late));
}
