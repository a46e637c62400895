import { setImmediate } from 'node:timers/promises';
import { MemoryJudgeQueue } from '../../src/adapters/embedded/memory.queue';
import { RabbitJudgeQueue } from '../../src/adapters/rabbitmq/rabbit.queue';
import type { JobId } from '../../src/contract/terms';
import type { JobOutcome, JudgeQueue } from '../../src/ports';
import { Broker, onBroker } from '../support/broker';
import { eventually } from '../support/eventually';

/** Every implementation, each new and of its own for each test. */
const IMPLEMENTATIONS: {
  readonly name: string;
  readonly open: () => JudgeQueue;
  readonly end?: () => Promise<void>;
}[] = [{ name: 'MemoryJudgeQueue', open: () => new MemoryJudgeQueue() }];

onBroker((url) => {
  const used: Broker[] = [];
  IMPLEMENTATIONS.push({
    name: 'RabbitJudgeQueue',
    open: () => {
      const broker = new Broker(url);
      used.push(broker);
      return new RabbitJudgeQueue({ url, prefix: broker.prefix, say: () => undefined });
    },
    end: async () => {
      await Promise.all(used.splice(0).map((broker) => broker.end()));
    },
  });
});

/** A judge that does not finish a job before it is told to. */
class Bench {
  readonly begun: JobId[] = [];
  private readonly atWork = new Map<(outcome: JobOutcome) => void, JobId>();
  most = 0;

  /** What somebody works on already is his. */
  readonly work = (job: JobId) =>
    [...this.atWork.values()].includes(job)
      ? Promise.resolve<JobOutcome>('done')
      : new Promise<JobOutcome>((resolve) => {
          this.begun.push(job);
          this.atWork.set(resolve, job);
          this.most = Math.max(this.most, this.atWork.size);
        });

  get busy(): number {
    return this.atWork.size;
  }
  finish(outcome: JobOutcome = 'done'): void {
    for (const done of this.atWork.keys()) done(outcome);
    this.atWork.clear();
  }
}

describe.each(IMPLEMENTATIONS)('$name', ({ open, end }) => {
  let queue: JudgeQueue;
  let bench: Bench;
  beforeEach(() => {
    queue = open();
    bench = new Bench();
  });
  afterEach(async () => {
    const closed = queue.close();
    let over = false;
    void closed.finally(() => (over = true));
    await eventually('the queue is closed', () => over, { again: () => bench.finish() });
    await end?.();
  });

  const jobs = (count: number) => Array.from({ length: count }, (_, index): JobId => `sub_${index + 1}`);
  /** It may lose what it is told: whoever must be heard says it again, as the sweep does. */
  const heard = (job: JobId) =>
    eventually(`${job} is worked on`, () => bench.begun.includes(job), { again: () => queue.announce(job) });

  it('calls for work on what is announced, a submission as well as a trial', async () => {
    await queue.consume(2, bench.work);
    await heard('sub_1');
    await heard('trial_1');
  });

  it('takes an announcement though nobody listens yet', async () => {
    for (const job of jobs(3)) await queue.announce(job);
    await queue.consume(3, bench.work);
    for (const job of jobs(3)) await heard(job);
  });

  it('has at most as many jobs worked on at a time as there are slots, and all in the end', async () => {
    await queue.consume(3, bench.work);
    const announceAll = () => Promise.all(jobs(20).map((job) => queue.announce(job)));
    await eventually('all slots are busy', () => bench.busy === 3, { again: announceAll });
    for (const job of jobs(20)) {
      await eventually(`${job} is worked on`, () => bench.begun.includes(job), {
        again: async () => {
          bench.finish();
          await queue.announce(job);
        },
      });
    }
    expect(bench.most).toBe(3);
  });

  it('does not wait for the work when it takes an announcement', async () => {
    await queue.consume(1, bench.work);
    await heard('sub_1');
    for (const job of jobs(100)) await queue.announce(job);
    expect(bench.busy).toBe(1);
  });

  it('announces again what was worked on already', async () => {
    await queue.consume(1, bench.work);
    await heard('sub_1');
    const again = () => {
      bench.finish();
      return queue.announce('sub_1');
    };
    await eventually('it is worked on again', () => bench.begun.length > 1, { again });
  });

  it('when it is closed takes nothing new and waits for what is in hand', async () => {
    await queue.consume(1, bench.work);
    await heard('sub_1');
    await queue.announce('sub_2');
    let over = false;
    const closed = queue.close().finally(() => (over = true));
    for (let turn = 0; turn < 20; turn += 1) await setImmediate();
    expect(over).toBe(false);
    bench.finish();
    await closed;
    expect(bench.begun).not.toContain('sub_2');
    expect(bench.busy).toBe(0);
  });

  it.each<JobOutcome>(['done', 'later', { dead: 'it keeps failing' }])(
    'has done with a job of which %j came, and goes on with the next',
    async (outcome) => {
      await queue.consume(1, bench.work);
      await heard('sub_1');
      bench.finish(outcome);
      // What `heard` said more than once comes again.
      const again = () => {
        bench.finish();
        return queue.announce('sub_2');
      };
      await eventually('the next is worked on', () => bench.begun.includes('sub_2'), { again });
    },
  );

  it('takes nothing where there are no slots, and leaves it to others', async () => {
    await queue.consume(0, bench.work);
    const waits = async () => ((await queue.state()).waiting ?? 0) > 0;
    await eventually('it waits', waits, { again: () => queue.announce('sub_1') });
    expect(bench.begun).toEqual([]);
  });

  it('wants no more announced again than are owed, and says how it does', async () => {
    await queue.consume(1, bench.work);
    await heard('sub_1');
    const lacking = await queue.missing(3);
    expect(lacking).toBeGreaterThanOrEqual(0);
    expect(lacking).toBeLessThanOrEqual(3);
    expect(await queue.state()).toEqual({
      ...{ connected: true, says: expect.any(String) },
      ...{ waiting: expect.any(Number), dead: 0 },
    });
  });

  it('forgets a job that was given up', async () => {
    await queue.consume(1, bench.work);
    await heard('sub_1');
    const again = async () => {
      bench.finish({ dead: 'it keeps failing' });
      expect(await queue.sift(({ job }) => job === 'sub_1')).toBe(true);
    };
    await eventually('no notice is left', async () => (await queue.state()).dead === 0 && bench.busy === 0, { again });
  });

  it('can be closed when nobody ever listened, and twice', async () => {
    await queue.announce('sub_1');
    await queue.close();
    await queue.close();
  });
});
