import type { JudgeEvent } from '../../src/ports';
import { eventually } from '../support/eventually';
import { judged } from '../support/judge-programs';
import { echoes, Judge0UnderTest, PATIENCE_MS } from '../support/judge0-under-test';

/* What Judge0 can do to us, and what comes of it: never a verdict that is not the program's. */

const under = new Judge0UnderTest();
const quick = { ...echoes, limits: { ...echoes.limits, wallMs: 0 } };

describe('an outage', () => {
  const bad = ['500', '503', '429', 'garbage', 'empty', 'cut', 'reset', 'endless'] as const;

  it.each(bad)('(%s) is an error, closes the engine at once, and heals', async (kind) => {
    await under.start();
    under.fake.answersWith(kind);
    const { events } = await judged(under.judge, echoes);
    expect(events.at(-1)).toMatchObject({ type: 'error', retryable: true });
    expect(await under.isAvailable()).toBe(false);
    under.fake.heal();
    await under.healed();
    expect((await judged(under.judge, echoes)).verdict).toBe('AC');
  });

  it.each(bad.filter((kind) => kind !== 'endless'))('(%s) that lasts for one question is not noticed', async (kind) => {
    await under.start();
    under.fake.answersWith(kind, 1, /GET/);
    expect((await judged(under.judge, echoes)).verdict).toBe('AC');
    expect(await under.isAvailable()).toBe(true);
  });

  it('(silence) is one when an answer takes too long', async () => {
    await under.start({ requestMs: 300 });
    under.fake.answersWith('silence');
    expect((await judged(under.judge, echoes)).events.at(-1)).toMatchObject({ type: 'error', retryable: true });
    expect(await under.isAvailable()).toBe(false);
    under.fake.heal();
    await under.healed();
  });

  it('on the way of a submission is not answered by sending it again: it may have arrived', async () => {
    await under.start();
    under.fake.answersWith('kept 500', 1, /POST/);
    const before = under.fake.sent.length;
    expect((await judged(under.judge, echoes)).verdict).toBe('error');
    expect(under.fake.sent).toHaveLength(before + 1);
    expect(await under.isAvailable()).toBe(false);
    await under.healed();
  });

  it('of a queue that is full is one too', async () => {
    await under.start();
    Object.assign(under.fake.config, { max_queue_size: 0 });
    expect((await judged(under.judge, echoes)).events.at(-1)).toMatchObject({
      reason: expect.stringContaining('queue is full'),
    });
    expect(await under.isAvailable()).toBe(false);
  });

  it('is met by one look at a time, and by no job', async () => {
    await under.start();
    under.fake.answersWith('503');
    await Promise.all(Array.from({ length: 10 }, () => judged(under.judge, echoes)));
    expect(await under.isAvailable()).toBe(false);
    under.fake.answerMs = 50;
    const before = under.fake.asked.length;
    const errors = await Promise.all(Array.from({ length: 50 }, () => judged(under.judge, echoes)));
    expect(errors.every(({ verdict }) => verdict === 'error')).toBe(true);
    expect(under.fake.asked.slice(before).filter(({ path }) => path.startsWith('/submissions'))).toEqual([]);
    under.fake.heal();
    await under.healed();
  });

  it('is what it is called when not even one line comes back', async () => {
    await under.start();
    under.fake.everyRun('fails inside');
    const { events } = await judged(under.judge, echoes);
    expect(events.at(-1)).toMatchObject({ type: 'error', retryable: true });
    expect(await under.isAvailable()).toBe(false);
    under.fake.heal();
    await under.healed();
    expect((await judged(under.judge, echoes)).verdict).toBe('AC');
  });
});

describe('a run that comes to nothing', () => {
  const kinds = ['stays queued', 'stays running', 'is lost', 'is refused', 'fails inside', 'finds no cgroup'] as const;

  it.each(kinds)('because it %s is an error of this job alone', async (kind) => {
    await under.start();
    under.fake.everyRun(kind, 1);
    const { events } = await judged(under.judge, quick);
    expect(events.map(({ type }) => type)).toEqual(['compiling', 'error']);
    expect(events.at(-1)).toMatchObject({ retryable: true });
    expect(await under.isAvailable()).toBe(true);
    expect((await judged(under.judge, quick)).verdict).toBe('AC');
  });

  it('among others that ended gives no verdict either', async () => {
    await under.start();
    const abort = new AbortController();
    const events: JudgeEvent[] = [];
    for await (const event of under.judge.judge(quick, abort.signal)) {
      events.push(event);
      if (event.type === 'test' && event.index === 0) under.fake.everyRun('stays running', 1);
    }
    expect(events.at(-1)).toMatchObject({ type: 'error', retryable: true });
    expect(await under.isAvailable()).toBe(true);
  });

  it('because it waits long in a queue that moves is none', async () => {
    await under.start();
    under.fake.queueMs = PATIENCE_MS * 0.7;
    expect((await judged(under.judge, quick)).verdict).toBe('AC');
  });

  it('in answers that are not base64 is no verdict, and no outage', async () => {
    await under.start();
    under.fake.everyRun('is plain', 1);
    expect((await judged(under.judge, echoes)).verdict).toBe('error');
    expect(await under.isAvailable()).toBe(true);
  });
});

describe('a run that is given up', () => {
  it('is not asked for any more', async () => {
    await under.start();
    under.fake.everyRun('stays running');
    const abort = new AbortController();
    const before = under.fake.sent.length;
    const ended = judged(under.judge, echoes, abort.signal);
    await eventually('it is sent', () => under.fake.sent.length > before);
    const abortedAt = performance.now();
    abort.abort();
    expect((await ended).events.at(-1)).toEqual({ type: 'error', retryable: true, reason: 'The run was cancelled.' });
    expect(performance.now() - abortedAt).toBeLessThan(3_000);
    expect(await under.isAvailable()).toBe(true);
  });

  it('while it is asked whether anything runs at all ends at once too', async () => {
    await under.start();
    under.fake.everyRun('fails inside', 1);
    const abort = new AbortController();
    const [about, before] = [() => under.fake.asked.filter(({ path }) => path === '/about').length, 1];
    under.fake.answersWith('silence', Infinity, /about/);
    const ended = judged(under.judge, echoes, abort.signal);
    await eventually('the look has begun', () => about() > before);
    abort.abort();
    expect((await ended).events.at(-1)).toMatchObject({ type: 'error', retryable: true });
  });

  it('while Judge0 is silent ends at once all the same', async () => {
    await under.start();
    under.fake.answersWith('silence');
    const abort = new AbortController();
    const before = under.fake.asked.length;
    const ended = judged(under.judge, echoes, abort.signal);
    await eventually('it is asked', () => under.fake.asked.length > before);
    abort.abort();
    expect((await ended).events.at(-1)).toMatchObject({ reason: 'The run was cancelled.' });
  });
});
