import { randomUUID } from 'node:crypto';
import { connect, type Channel, type ChannelModel } from 'amqplib';
import { namesOf } from '../../src/adapters/rabbitmq/topology';

/** A RabbitMQ to test on. At home it is named or there is none; where CI runs there must be one. */
const SERVICE = process.env['TEST_AMQP_URL'] ?? (process.env['CI'] ? 'amqp://guest:guest@127.0.0.1:5672' : undefined);

/** A corner of a broker of one's own, and somebody who looks at it from outside. */
export class Broker {
  readonly prefix = `test.${randomUUID()}.`;
  readonly names = namesOf(this.prefix);
  private model: ChannelModel | null = null;
  /** Ended by the broker at a wrong question, so asked for anew each time. */
  private channel: Channel | null = null;

  constructor(readonly url: string) {}

  get env() {
    return { AMQP_URL: this.url, AMQP_PREFIX: this.prefix };
  }

  async ask<T>(question: (channel: Channel) => Promise<T>): Promise<T> {
    this.model ??= await connect(this.url);
    if (this.channel === null) {
      const channel = await this.model.createChannel();
      channel.on('error', () => (this.channel = null));
      this.channel = channel;
    }
    return question(this.channel);
  }

  /** How many messages wait in it; null: there is no such queue. */
  async waitingIn(queue: string): Promise<number | null> {
    try {
      return (await this.ask((channel) => channel.checkQueue(queue))).messageCount;
    } catch (error) {
      if ((error as { code?: number }).code !== 404) throw error;
      return null;
    }
  }

  consumersOf(queue: string): Promise<number> {
    return this.ask(async (channel) => (await channel.checkQueue(queue)).consumerCount);
  }

  async end(): Promise<void> {
    await this.ask(async (channel) => {
      await channel.deleteQueue(this.names.queue);
      await channel.deleteQueue(this.names.deadLetters);
      await channel.deleteExchange(this.names.deadLetterExchange);
    });
    await this.model!.close();
  }
}

/** Declares tests that need a broker. None is left out where it is missing in CI: then they fail. */
export function onBroker(tests: (url: string) => void): void {
  if (SERVICE !== undefined) tests(SERVICE);
}
