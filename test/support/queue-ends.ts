import { RabbitJudgeQueue } from '../../src/adapters/rabbitmq/rabbit.queue';
import { Broker } from './broker';
import { eventually } from './eventually';
import { Proxy } from './proxy';

interface Wishes {
  readonly most?: number;
  /** Past the wire. */
  readonly url?: string;
}

/** What several processes have of one queue, behind a wire that can be cut, and all that they say. */
export class QueueEnds {
  readonly log: string[] = [];
  private readonly queues: RabbitJudgeQueue[] = [];

  private constructor(
    readonly broker: Broker,
    readonly proxy: Proxy,
  ) {}

  static async on(url: string): Promise<QueueEnds> {
    return new QueueEnds(new Broker(url), await Proxy.to(url));
  }

  readonly say = (_: string, line: string): void => void this.log.push(line);

  readonly open = (wishes: Wishes = {}): RabbitJudgeQueue => {
    const { proxy, broker, say } = this;
    const queue = new RabbitJudgeQueue({ url: proxy.url, prefix: broker.prefix, say, ...wishes });
    this.queues.push(queue);
    return queue;
  };

  readonly connected = async (wishes: Wishes = {}): Promise<RabbitJudgeQueue> => {
    const queue = this.open(wishes);
    await isConnected(queue);
    return queue;
  };

  async close(): Promise<void> {
    await Promise.all(this.queues.map((queue) => queue.close()));
    await this.proxy.close();
    await this.broker.end();
  }
}

export const isConnected = (queue: RabbitJudgeQueue) =>
  eventually('it is connected', async () => (await queue.state()).connected);
