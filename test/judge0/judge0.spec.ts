import { spawnSync } from 'node:child_process';
import { judged, simpleJob } from '../support/judge-programs';
import { echoed, echoes, Judge0UnderTest } from '../support/judge0-under-test';

/* What Judge0 is told, and what we find of it when we look. */

const under = new Judge0UnderTest();

describe('what is sent', () => {
  it('goes in waves of one, four and the rest, and no further than the first that fails', async () => {
    await under.start();
    const inputs = Array.from({ length: 30 }, (_, index) => String(index));
    const batches = () => under.fake.asked.filter(({ method }) => method === 'POST').length;
    const sizes: number[] = [];
    const judgeUpTo = async (failing: number) => {
      const [sentBefore, batchesBefore] = [under.fake.sent.length, batches()];
      const tests = inputs.map((input, index) => (index === failing ? { input, accepts: () => false } : echoed(input)));
      const { verdict } = await judged(under.judge, { ...echoes, tests });
      sizes.push(under.fake.sent.length - sentBefore);
      return { verdict, batches: batches() - batchesBefore };
    };
    expect(await judgeUpTo(-1)).toEqual({ verdict: 'AC', batches: 4 });
    expect(await judgeUpTo(0)).toEqual({ verdict: 'WA', batches: 1 });
    expect(await judgeUpTo(3)).toEqual({ verdict: 'WA', batches: 2 });
    expect(await judgeUpTo(7)).toEqual({ verdict: 'WA', batches: 3 });
    expect(sizes).toEqual([30, 1, 5, 25]);
  });

  it('goes at once where every test must run, and never in more than a share of its queue', async () => {
    Object.assign(under.fake.config, { max_queue_size: 8 });
    await under.start({ slots: 2 });
    under.fake.queueMs = 50;
    const tests = Array.from({ length: 10 }, (_, index) => echoed(String(index)));
    const results = await Promise.all([1, 2].map(() => judged(under.judge, { ...echoes, tests, stopEarly: false })));
    expect(results.map(({ verdict }) => verdict)).toEqual(['AC', 'AC']);
    expect(under.fake.sent).toHaveLength(1 + 20);
  });

  it('holds no answer, asks for no network, and keeps to its limits', async () => {
    await under.start();
    const limits = { ...echoes.limits, cpuMs: 60_000, wallMs: 100, memoryKiB: 10_000_000, outputBytes: 2 ** 30 };
    expect((await judged(under.judge, { ...echoes, limits })).verdict).toBe('AC');
    const sent = under.fake.sent.at(-1)!;
    expect(sent).not.toHaveProperty('expected_output');
    expect(sent).toMatchObject({ cpu_time_limit: 15, wall_time_limit: 1, memory_limit: 512_000, max_file_size: 4096 });
    expect(sent).toMatchObject({ enable_network: false, stack_limit: 128_000 });
  });

  it('gives no verdict to a run that the problem would have allowed more', async () => {
    Object.assign(under.fake.config, { max_cpu_time_limit: 0.5 });
    await under.start();
    const job = simpleJob('python', 'while True: pass');
    const { events } = await judged(under.judge, { ...job, limits: { ...job.limits, cpuMs: 2_000 } });
    const reason = expect.stringMatching(/MAX_CPU_TIME_LIMIT there from 0.5 to 2/) as string;
    expect(events).toEqual([{ type: 'compiling' }, { type: 'error', retryable: false, reason }]);
  });

  it('tells compilers what to do, and interpreters nothing', async () => {
    await under.start();
    const source =
      '#include <cstdio>\n#if !defined(__OPTIMIZE__) || __cplusplus < 201703\n#error no\n#endif\nint main() {}';
    expect((await judged(under.judge, simpleJob('cpp', source))).verdict).toBe('AC');
    expect(under.fake.sent.at(-1)!.compiler_options).toBe('-std=c++17 -O2 -pthread');
    await judged(under.judge, echoes);
    expect(under.fake.sent.at(-1)!).not.toHaveProperty('compiler_options');
  });

  it('tells them so that it works where Judge0 puts it: before the source', async () => {
    await under.start();
    const programs = [
      ['c', 'gcc', 'c', '#include <math.h>\nint main(int n, char **_) { return sin(n) > 2; }'],
      ['cpp', 'g++', 'c++', '#include <thread>\nint main() { std::thread([] {}).join(); }'],
    ] as const;
    for (const [language, compiler, its, source] of programs) {
      await judged(under.judge, simpleJob(language, source));
      const words = [...under.fake.sent.at(-1)!.compiler_options!.split(' '), '-x', its, '-', '-o', '/dev/null'];
      const compiled = spawnSync(compiler, words, { input: source, encoding: 'utf8' });
      expect(compiled).toMatchObject({ status: 0, stderr: '' });
    }
  });

  it('carries the token, and asks for JSON and base64', async () => {
    under.fake.token = 'tok1';
    await under.start({ authToken: 'tok1', rapidApiKey: 'key1' });
    expect((await judged(under.judge, echoes)).verdict).toBe('AC');
    for (const { headers, path } of under.fake.asked) {
      expect(headers).toMatchObject({ 'x-auth-token': 'tok1', 'x-rapidapi-key': 'key1', accept: 'application/json' });
      expect(headers['x-rapidapi-host']).toBe(new URL(under.fake.url).host);
      if (path.startsWith('/submissions')) expect(path).toContain('base64_encoded=true');
    }
  });

  it('asks for address space in place of cgroups where there are none, and offers no Node then', async () => {
    await under.start({ noCgroup: true });
    expect(under.fake.sent[0]).toMatchObject({
      enable_per_process_and_thread_time_limit: true,
      enable_per_process_and_thread_memory_limit: true,
    });
    const ids = (await under.judge.capabilities()).languages.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining(['c', 'cpp', 'python']));
    expect(ids).not.toContain('javascript');
  });
});

describe('languages', () => {
  it('are found by name, the newest of each', async () => {
    await under.start();
    const { languages } = await under.judge.capabilities();
    const versions = Object.fromEntries(languages.map(({ id, version }) => [id, version]));
    expect(versions).toEqual({
      ...{ c: '9.2.0', cpp: '9.2.0', python: '3.8.1', javascript: '12.14.0', typescript: '3.7.4', java: '13.0.1' },
      ...{ kotlin: '1.3.70', go: '1.13.5', rust: '1.40.0', csharp: '6.6.0.161', ruby: '2.7.0', php: '7.4.1' },
      ...{ pascal: '3.0.4', haskell: '8.8.1' },
    });
  });

  it('may be given by number', async () => {
    const numbers = new Map([
      ['cpp', 52],
      ['python', 9999],
      ['klingon', 1],
    ]);
    await under.start({ numbers });
    const { languages } = await under.judge.capabilities();
    expect(languages.find(({ id }) => id === 'cpp')).toMatchObject({ name: 'C++17', version: '7.4.0' });
    expect(languages.some(({ id }) => id === 'python')).toBe(false);
    for (const id of ['python', 'klingon']) expect(await under.complaints()).toContain(`names ${id},`);
    await judged(under.judge, simpleJob('cpp', 'int main() {}'));
    expect(under.fake.sent.at(-1)!.language_id).toBe(52);
  });
});

describe('the look at the start', () => {
  const outages: readonly (readonly [string, () => unknown, RegExp])[] = [
    ['is away', () => under.goes(), /does not answer.*ECONNREFUSED/],
    ['wants a token', () => (under.fake.token = 'tok1'), /JUDGE0_AUTH_TOKEN/],
    ['is something else', () => under.fake.answersWith('garbage'), /not Judge0/],
    ['is in maintenance', () => (under.fake.config['maintenance_mode'] = true), /maintenance/],
    ['takes no batches', () => (under.fake.config['enable_batched_submissions'] = false), /ENABLE_BATCHED_SUBMISSIONS/],
    ['has no cgroup v1', () => under.fake.everyRun('finds no cgroup'), /cgroup v1.*JUDGE0_NO_CGROUP/],
    ['has no worker', () => under.fake.everyRun('stays queued'), /one-line program did not come back/],
    ['has a worker that hangs', () => under.fake.everyRun('stays running'), /one-line program did not come back/],
    ['refuses what it should run', () => under.fake.everyRun('is refused'), /one-line program did not come back/],
  ];

  it.each(outages)('finds that Judge0 %s, and does not stop the start', async (_, harm, says) => {
    await harm();
    await under.start();
    const { available, languages, slots } = await under.judge.capabilities();
    expect({ available, slots }).toEqual({ available: false, slots: 4 });
    expect(languages.map(({ id }) => id)).toContain('python');
    expect(await under.complaints()).toMatch(says);
    expect(await under.complaints()).not.toContain('tok1');
    const { events } = await judged(under.judge, echoes);
    expect(events).toEqual([{ type: 'error', retryable: true, reason: expect.stringMatching(says) as string }]);
  });

  it('is repeated until Judge0 has come', async () => {
    const { port } = under.fake;
    await under.goes();
    await under.start();
    expect(await under.isAvailable()).toBe(false);
    await under.comes(port);
    await under.healed();
    expect((await judged(under.judge, echoes)).verdict).toBe('AC');
  });

  it('tells the operator what is unsafe, and judges on', async () => {
    under.fake.version = '1.13.0';
    await under.start();
    expect(await under.isAvailable()).toBe(true);
    expect(await under.complaints()).toMatch(/1\.13\.1 or newer[^]*ALLOW_ENABLE_NETWORK=false/);
    expect(await under.judge.capabilities()).toMatchObject({ mode: 'Judge0 1.13.0' });
  });

  it('finds nothing wrong with one that is as it should be', async () => {
    Object.assign(under.fake.config, { allow_enable_network: false });
    await under.start();
    expect(await under.judge.capabilities()).toMatchObject({ available: true, mode: 'Judge0 1.13.1', slots: 4 });
    expect(await under.complaints()).toBe('');
  });
});
