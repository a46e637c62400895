import { MemoryJudgeQueue } from '../../src/adapters/embedded/memory.queue';
import { RabbitJudgeQueue } from '../../src/adapters/rabbitmq/rabbit.queue';
import type { JobId, RoomId, UserId } from '../../src/contract/terms';
import type { JudgeQueue } from '../../src/ports';
import { JudgeSweep } from '../../src/scheduling/judge.sweep';
import { Broker, onBroker } from '../support/broker';
import { onEveryPostgres } from '../support/database';
import { eventually } from '../support/eventually';
import { SECOND } from '../support/room-builder';
import { Stores } from '../support/stores';

const MANY = 1_000;

onEveryPostgres((databases) => {
  let stores: Stores;
  let roomId: RoomId;
  let userId: UserId;
  beforeAll(async () => {
    stores = new Stores(await databases.connect());
  });
  beforeEach(async () => {
    await stores.empty();
    await stores.pickedProblems();
    ({ userId } = await stores.person('Ann'));
    roomId = await stores.duel({ userId, name: 'Ann', guest: true }, await stores.person('Ben'));
  });

  const sweepOf = (queue: JudgeQueue) => new JudgeSweep(stores.clock, stores.jobs, queue);

  /** Submissions of which nobody has been told, as after an outage. */
  async function owe(count: number): Promise<void> {
    await stores.query(
      `INSERT INTO submissions (id, room_id, user_id, label, language, source, key, received_at, received_seq, due_at)
        SELECT 'sub_' || n, $1, $2, 'A', 'cpp', '', n, $3, n, $3::bigint + n FROM generate_series(1, $4::int) n`,
      [roomId, userId, stores.clock.now(), count],
    );
    stores.clock.travel(10 * SECOND);
  }

  it('a queue in this process is told the longest due first, and hears nothing of what is not due yet', async () => {
    await owe(3);
    await stores.jobs.claim('sub_2');
    const begun: JobId[] = [];
    const queue = new MemoryJudgeQueue();
    await sweepOf(queue).sweep();
    await queue.consume(9, (job) => {
      begun.push(job);
      return Promise.resolve('done');
    });
    expect(begun).toEqual(['sub_1', 'sub_3']);
  });

  onBroker((url) => {
    let broker: Broker;
    let queues: RabbitJudgeQueue[];
    beforeEach(async () => {
      broker = new Broker(url);
      queues = [1, 2].map(() => new RabbitJudgeQueue({ url, prefix: broker.prefix, say: () => undefined }));
      for (const queue of queues) await eventually('it is connected', async () => (await queue.state()).connected);
    });
    afterEach(async () => {
      await Promise.all(queues.map((queue) => queue.close()));
      await broker.end();
    });
    const waiting = () => broker.waitingIn(broker.names.queue);

    it('a broker is told once of what is owed, however often two processes sweep and nobody judges', async () => {
      await owe(MANY);
      const [first, second] = queues.map(sweepOf) as [JudgeSweep, JudgeSweep];
      await first.sweep();
      await eventually('all wait', async () => (await waiting()) === MANY);
      for (let times = 0; times < 5; times += 1) {
        await Promise.all([first.sweep(), second.sweep()]);
        stores.clock.travel(SECOND);
      }
      expect(await waiting()).toBe(MANY);
    });

    it('two processes that sweep at one moment tell it twice at most', async () => {
      await owe(MANY);
      const sweeps = queues.map(sweepOf);
      for (let times = 0; times < 5; times += 1) {
        await Promise.all(sweeps.map((sweep) => sweep.sweep()));
        await eventually('it is there', async () => ((await waiting()) ?? 0) >= MANY);
      }
      expect(await waiting()).toBeLessThanOrEqual(2 * MANY);
    });

    it('what got lost is told again by the next sweep', async () => {
      await owe(MANY);
      const sweep = sweepOf(queues[0]!);
      await sweep.sweep();
      await eventually('all wait', async () => (await waiting()) === MANY);
      await broker.ask((channel) => channel.purgeQueue(broker.names.queue));
      await sweep.sweep();
      await eventually('all wait again', async () => (await waiting()) === MANY);
    });
  });
});
