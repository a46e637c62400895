import { once } from 'node:events';
import type { Socket } from 'node:net';
import type { Channel } from 'amqplib';
import { BrokerConnection } from '../../src/adapters/rabbitmq/broker-connection';
import type { JobId } from '../../src/contract/terms';
import type { JobOutcome } from '../../src/ports';
import { type Broker, onBroker } from '../support/broker';
import { eventually } from '../support/eventually';
import type { Proxy } from '../support/proxy';
import { isConnected, QueueEnds } from '../support/queue-ends';

const jobs = (count: number) => Array.from({ length: count }, (_, index): JobId => `sub_${index + 1}`);

onBroker((url) => {
  let ends: QueueEnds;
  let broker: Broker;
  let proxy: Proxy;
  let log: string[];
  beforeEach(async () => {
    ends = await QueueEnds.on(url);
    ({ broker, proxy, log } = ends);
  });
  afterEach(() => ends.close());

  it('leaves what comes while it closes to another, and keeps nobody waiting for it', async () => {
    const [one, other] = [await ends.connected({ url }), await ends.connected({ url })];
    const [mine, its]: [JobId[], JobId[]] = [[], []];
    let finish: (outcome: JobOutcome) => void = () => undefined;
    await one.consume(3, (job) => {
      mine.push(job);
      return new Promise((resolve) => (finish = resolve));
    });
    await one.announce('sub_1');
    await eventually('it is in hand', () => mine.length === 1);
    await other.consume(3, (job) => Promise.resolve(its.push(job) > 0 ? 'done' : 'later'));
    await eventually('both listen', async () => (await broker.consumersOf(broker.names.queue)) === 2);
    const closed = one.close();
    // What it asked for before it closes is answered, and so it listens no more.
    const inside = one as unknown as { consuming: { channel: Channel } };
    await inside.consuming.channel.checkQueue(broker.names.queue);
    for (const job of jobs(5).slice(1)) await other.announce(job);
    await eventually('the other has them', () => its.length === 4);
    expect(its.toSorted()).toEqual(jobs(5).slice(1));
    finish('done');
    await closed;
    expect(mine).toEqual(['sub_1']);
  });

  it('does not take a connection that is lost for a queue that is full', async () => {
    const queue = await ends.connected();
    proxy.freeze();
    for (const job of jobs(3)) await queue.announce(job);
    proxy.cut();
    await eventually('the loss is noticed', () => log.some((line) => line.includes('not connected')));
    proxy.thaw();
    await isConnected(queue);
    expect(log.filter((line) => line.includes('announcements'))).toEqual([]);
  });

  it('connects again where its connection is lost in the very moment it is made ready', async () => {
    let times = 0;
    const connection = new BrokerConnection(url, 'unlucky', ends.say, async (channel) => {
      times += 1;
      if (times > 1) return;
      const lost = once(channel, 'close');
      (channel as unknown as { connection: { stream: Socket } }).connection.stream.destroy(new Error('cut'));
      await lost;
    });
    await eventually('it is ready', () => connection.trouble === null && connection.channel !== null);
    expect(await connection.publish('', `${broker.prefix}none`, Buffer.from('x'))).toBe('unroutable');
    expect(times).toBe(2);
    await connection.close();
  });
});
