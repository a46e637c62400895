import { RabbitJudgeQueue } from '../../src/adapters/rabbitmq/rabbit.queue';
import type { JobId } from '../../src/contract/terms';
import type { JobOutcome, Notice } from '../../src/ports';
import { type Broker, onBroker } from '../support/broker';
import { eventually } from '../support/eventually';
import type { Proxy } from '../support/proxy';
import { isConnected, QueueEnds } from '../support/queue-ends';

const jobs = (count: number) => Array.from({ length: count }, (_, index): JobId => `sub_${index + 1}`);

it('without a broker nobody is told, nobody waits, and nothing rejects', async () => {
  const log: string[] = [];
  const queue = new RabbitJudgeQueue({ url: 'amqp://127.0.0.1:1', prefix: '', say: (_, line) => log.push(line) });
  await queue.announce('sub_1');
  expect(await queue.missing(5)).toBe(0);
  expect(await queue.sift(() => true)).toBe(false);
  await eventually('it is said', () => log.length > 0);
  expect(await queue.state()).toMatchObject({ connected: false, waiting: null, dead: null });
  await queue.close();
  for (const line of log) expect(line).toContain('not connected, and trying again');
});

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

  const open: QueueEnds['open'] = (wishes) => ends.open(wishes);
  const connected: QueueEnds['connected'] = (wishes) => ends.connected(wishes);
  const waiting = () => broker.waitingIn(broker.names.queue);
  const dead = () => broker.waitingIn(broker.names.deadLetters);

  /** Hands out work that ends when the test says so. */
  function held() {
    const begun: JobId[] = [];
    const ends: ((outcome: JobOutcome) => void)[] = [];
    const work = (job: JobId) => {
      begun.push(job);
      return new Promise<JobOutcome>((resolve) => ends.push(resolve));
    };
    return { begun, ends, work };
  }

  it('keeps what is announced over a cut connection, and hands out again what was in hand', async () => {
    const queue = await connected();
    const { begun, ends, work } = held();
    await queue.consume(2, work);
    for (const job of jobs(4)) await queue.announce(job);
    await eventually('two are in hand', () => begun.length === 2);
    proxy.cut();
    await isConnected(queue);
    expect(begun).toHaveLength(2); // both slots are still busy
    for (const end of ends.splice(0)) end('done');
    await eventually(
      'all are handed out',
      () => begun.length === 6 || (ends.splice(0).forEach((end) => end('done')), false),
    );
    expect(new Set(begun)).toEqual(new Set(jobs(4)));
    for (const end of ends.splice(0)) end('done');
    await eventually('nothing waits', async () => (await waiting()) === 0);
    expect(log.filter((line) => line.includes('not connected'))).toHaveLength(2); // one for each connection
    expect(log.filter((line) => line.includes(': connected, after'))).toHaveLength(2);
  });

  it('goes on by itself when its queue was deleted under it', async () => {
    const queue = await connected();
    const { begun, ends, work } = held();
    await queue.consume(1, work);
    await eventually('it listens', async () => (await broker.consumersOf(broker.names.queue)) === 1);
    await broker.ask((channel) => channel.deleteQueue(broker.names.queue));
    await eventually('it is worked on', () => begun.length > 0, { again: () => queue.announce('sub_1'), paceMs: 200 });
    expect(log.join('\n')).toContain('the queue was taken away');
    ends[0]!('done');
  });

  it('goes on by itself when the broker ends its channel', async () => {
    const queue = await connected();
    const { begun, ends, work } = held();
    await queue.consume(1, work);
    await queue.announce('sub_1');
    await eventually('it is in hand', () => begun.length === 1);
    // Acknowledging twice is against the protocol, and ends the channel.
    const inside = queue as unknown as { consuming: { channel: { ack(message: object): void } } };
    inside.consuming.channel.ack({ fields: { deliveryTag: 99 } });
    await eventually('it is handed out again, and waits for its slot', () =>
      log.join().includes('unknown delivery tag'),
    );
    ends[0]!('done');
    await eventually('it is worked on again', () => begun.length === 2);
    ends[1]!('done');
    await eventually('nothing waits', async () => (await waiting()) === 0);
  });

  it('notices that its queue is not there, says so once, and has it back with the next look', async () => {
    const queue = await connected();
    await broker.ask((channel) => channel.deleteQueue(broker.names.queue));
    for (const job of jobs(10)) await queue.announce(job);
    await eventually('it is noticed', () =>
      log.some((line) => line.includes('takes no announcements, it is not there')),
    );
    expect(await queue.missing(10)).toBe(10);
    for (const job of jobs(10)) await queue.announce(job);
    await eventually('they wait', async () => (await waiting()) === 10);
    expect(await queue.missing(12)).toBe(2);
    expect(log.filter((line) => line.includes('announcements'))).toHaveLength(2); // not any more, and again
  });

  it('takes nothing beyond what it holds, and says so once', async () => {
    const queue = await connected({ most: 5 });
    const again = () => Promise.all(jobs(5).map((job) => queue.announce(job)));
    const isFull = () => log.some((line) => line.includes('takes no announcements, it is full'));
    await eventually('it is full', isFull, { again });
    expect(await waiting()).toBeLessThan(60);
    expect(log.filter((line) => line.includes('announcements'))).toHaveLength(1);
  });

  it('delays nobody while the broker is away, stands still or was never there', async () => {
    const queue = await connected();
    for (const away of ['frozen', 'closed'] as const) {
      if (away === 'frozen') proxy.freeze();
      else await proxy.close();
      const began = Date.now();
      await Promise.all(jobs(1_000).map((job) => queue.announce(job)));
      expect(Date.now() - began).toBeLessThan(3_000);
      expect(await queue.missing(7)).toBe(0);
    }
    const never = open({ url: 'amqp://guest:guest@127.0.0.1:1' });
    await never.announce('sub_1');
    expect(await never.missing(7)).toBe(0);
    expect(await never.sift(() => true)).toBe(false);
    expect(await never.state()).toMatchObject({ connected: false, waiting: null, dead: null });
    await eventually('it says why, once', () => log.filter((line) => line.includes('127.0.0.1:1')).length === 1);
  });

  it('shares work between those who judge, as each has slots', async () => {
    const [one, other] = [await connected(), await connected({ url })];
    const [mine, its] = [held(), held()];
    await one.consume(3, mine.work);
    await other.consume(1, its.work);
    await eventually('both listen', async () => (await broker.consumersOf(broker.names.queue)) === 2);
    for (const job of jobs(20)) await one.announce(job);
    await eventually('all slots are busy', () => mine.begun.length === 3 && its.begun.length === 1);
    const all = () => new Set([...mine.begun, ...its.begun]).size === 20;
    const again = () => [mine, its].forEach(({ ends }) => ends.shift()?.('done'));
    await eventually('all are worked on', all, { again });
    for (const { ends } of [mine, its]) for (const end of ends) end('done');
    expect(mine.begun.length + its.begun.length).toBe(20);
    expect(its.begun.length).toBeGreaterThan(3);
    expect(mine.begun.length).toBeGreaterThan(3);
  });

  it('gives what was in hand to another when its judge is gone before the work was done', async () => {
    const [one, other] = [await connected(), await connected({ url })];
    const [mine, its] = [held(), held()];
    await one.consume(1, mine.work);
    await one.announce('sub_1');
    await eventually('it is in hand', () => mine.begun.length === 1);
    await other.consume(1, its.work);
    proxy.freeze();
    proxy.cut();
    await eventually('the other has it', () => its.begun.includes('sub_1'));
    mine.ends[0]!('done'); // too late to be of any effect
    its.ends[0]!('done');
    await eventually('nothing waits', async () => (await waiting()) === 0);
  });

  it('moves what was given up, and what names no job, to the dead letters', async () => {
    const queue = await connected();
    await queue.consume(1, (job) => Promise.resolve(job === 'sub_2' ? { dead: 'the engine choked' } : 'done'));
    await broker.ask((channel) => {
      channel.sendToQueue(broker.names.queue, Buffer.from('{"not": "ours"}'));
      return Promise.resolve();
    });
    for (const job of jobs(3)) await queue.announce(job);
    await eventually('there are two', async () => (await dead()) === 2);
    const seen: Notice[] = [];
    expect(await queue.sift((notice) => seen.push(notice) === 0)).toBe(true);
    expect(seen.toSorted((a, b) => a.excerpt.localeCompare(b.excerpt))).toEqual([
      { job: null, excerpt: '{"not": "ours"}', reason: 'It names no job', at: expect.any(String) },
      { job: 'sub_2', excerpt: 'sub_2', reason: 'the engine choked', at: expect.any(String) },
    ]);
    await eventually('they are back', async () => (await dead()) === 2);
    expect(await queue.sift(({ job }) => job === 'sub_2' || job === 'sub_3')).toBe(true);
    await eventually('the other is put back', async () => (await dead()) === 1);
    expect(log.join('\n')).toContain('a message names no job');
  });

  it('says of what the broker itself has moved to the dead letters why it did', async () => {
    const queue = await connected();
    await queue.announce('sub_1');
    await eventually('it waits', async () => (await waiting()) === 1);
    await broker.ask(async (channel) => {
      const message = await channel.get(broker.names.queue);
      if (message) channel.nack(message, false, false);
    });
    await eventually('it is there', async () => (await dead()) === 1);
    const seen: Notice[] = [];
    await queue.sift((notice) => seen.push(notice) === 0);
    expect(seen).toEqual([{ job: 'sub_1', excerpt: 'sub_1', reason: 'The broker moved it: rejected', at: null }]);
  });

  it('keeps what was given up while the dead letters are deleted', async () => {
    const queue = await connected();
    const { begun, ends, work } = held();
    await queue.consume(1, work);
    await queue.announce('sub_1');
    await eventually('it is in hand', () => begun.length === 1);
    await broker.ask((channel) => channel.deleteQueue(broker.names.deadLetters));
    ends[0]!({ dead: 'nowhere to go' });
    await eventually('it is there when they are', async () => (await queue.state()).dead === 1, { paceMs: 200 });
    expect(await waiting()).toBe(0);
  });

  it('says in words what to do where a queue of other arguments stands, and connects when that is done', async () => {
    await broker.ask((channel) => channel.assertQueue(broker.names.queue, { durable: true }));
    const queue = open();
    await eventually('it says so', () =>
      log.some((line) => /PRECONDITION_FAILED.*rabbitmqctl delete_queue/s.test(line)),
    );
    expect((await queue.state()).says).toMatch(/AMQP_PREFIX/);
    await eventually('it has tried again, of which nothing is said', () => proxy.connections > 3);
    expect(log).toHaveLength(1);
    await broker.ask((channel) => channel.deleteQueue(broker.names.queue));
    await isConnected(queue);
  });
});
