import type { JudgeEvent } from '../../src/ports';
import { judged, simpleJob } from '../support/judge-programs';
import { JUDGES, type StartedJudge } from '../support/judges';

/* What src/ports.ts promises of a judge, asked of every one. What they say of programs is in judge-programs.spec.ts. */

const ECHO = 'import sys\nsys.stdout.write(sys.stdin.read())\n';
const SLEEPS = 'import time\ntime.sleep(2.5)\n';
const echoed = (input: string) => ({ input, accepts: (output: string) => output === input });
const wrong = (input: string) => ({ input, accepts: () => false });
const many = Array.from({ length: 12 }, (_, index) => `${index}\n`);

/** The order every engine keeps. */
function expectInOrder(events: readonly JudgeEvent[]): void {
  const types = events.map(({ type }) => type).join(' ');
  expect(types).toMatch(/^(compiling (compiled (test )*)?)?(done|error)$/);
}

describe.each(JUDGES)('$name', ({ start }) => {
  let under: StartedJudge;
  const run = async (...[job, signal]: [Parameters<typeof judged>[1], AbortSignal?]) => {
    const result = await judged(under.judge, job, signal);
    expectInOrder(result.events);
    return result;
  };
  beforeAll(async () => {
    under = await start();
  });
  afterAll(() => under.stop());

  it('tells what it can do, and every template of the usual languages works', async () => {
    const { available, slots, mode, languages } = await under.judge.capabilities();
    expect({ available, mode }).toEqual({ available: true, mode: expect.stringMatching(/./) as string });
    expect(slots).toBeGreaterThan(0);
    expect(new Set(languages.map(({ id }) => id)).size).toBe(languages.length);
    for (const id of ['c', 'cpp', 'python', 'javascript']) {
      const language = languages.find((one) => one.id === id)!;
      expect(language.version).toMatch(/^\d+(\.\d+)*$/);
      const tests = [{ input: '3 4\n', accepts: (output: string) => output.trim() === '7' }];
      expect((await run(simpleJob(id, language.template, { tests }))).verdict).toBe('AC');
    }
  });

  it('reports compiling, compiled, tests, done', async () => {
    const job = simpleJob('c', '#include <stdio.h>\nint main(void) { puts("1"); fputs("2", stderr); }');
    expect((await run(job)).events).toMatchObject([
      { type: 'compiling' },
      { type: 'compiled', ok: true },
      { type: 'test', index: 0, verdict: 'AC', exit: 0, signal: null, stdout: '1\n', stderr: '2' },
      { type: 'done', verdict: 'AC' },
    ]);
  });

  it('runs nothing that does not compile, and shows what the compiler says', async () => {
    const { events } = await run(simpleJob('c', 'int main(void) { return é; }', { tests: many.map(echoed) }));
    expect(events).toEqual([
      { type: 'compiling' },
      expect.objectContaining({ type: 'compiled', ok: false, output: expect.stringContaining('error:') as string }),
      { type: 'done', verdict: 'CE' },
    ]);
  });

  it('compiles what has no tests', async () => {
    expect((await run(simpleJob('c', 'int main(void) { return 1; }', { tests: [] }))).events).toMatchObject([
      { type: 'compiling' },
      { type: 'compiled', ok: true },
      { type: 'done', verdict: 'AC' },
    ]);
    expect((await run(simpleJob('c', 'int main(void) {', { tests: [] }))).verdict).toBe('CE');
  });

  it('measures what a program used', async () => {
    const source = 'data = bytearray(64 * 2**20)\nfor i in range(3_000_000): pass\n';
    const { tests } = await run(simpleJob('python', source));
    expect(tests[0]!.cpuMs).toBeGreaterThan(20);
    expect(tests[0]!.wallMs).toBeGreaterThan(20);
    expect(tests[0]!.memoryKiB).toBeGreaterThan(60_000);
  });

  it('hands all of the output to the checker, and keeps none unless asked to', async () => {
    const text = 'ü\n'.repeat(15_000);
    const { verdict, tests } = await run(simpleJob('python', ECHO, { tests: [echoed(text)], keepOutput: false }));
    expect(verdict).toBe('AC');
    expect(tests[0]).not.toHaveProperty('stdout');
    expect(tests[0]).not.toHaveProperty('stderr');
  });

  it('keeps valid UTF-8 without NUL, cut at 8 KiB', async () => {
    const source =
      'import sys\nfor out in (sys.stdout, sys.stderr): out.buffer.write(b"\\xff\\0" + "é".encode() * 20000)';
    const { tests } = await run(simpleJob('python', source));
    for (const text of [tests[0]!.stdout!, tests[0]!.stderr!]) {
      expect(text).toMatch(/^\u{fffd}\u{fffd}é+$/u);
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(8192);
      expect(Buffer.byteLength(text)).toBeGreaterThan(8180);
    }
  });

  it('accepts an empty output where that is right', async () => {
    const tests = [{ input: '', accepts: (output: string) => output === '' }];
    expect((await run(simpleJob('python', '', { tests }))).verdict).toBe('AC');
  });

  it('runs every test where not asked to stop, each once', async () => {
    const tests = many.map((input, index) => (index === 3 ? wrong(input) : echoed(input)));
    const { verdict, verdicts, tests: ran } = await run(simpleJob('python', ECHO, { tests }));
    expect(verdict).toBe('WA');
    expect(ran.map(({ index }) => index)).toEqual(many.map((_, index) => index));
    expect(verdicts).toEqual(many.map((_, index) => (index === 3 ? 'WA' : 'AC')));
  });

  it.each([0, 1, 4, 5, 11])(
    'stops at test %i when that is the first, in order, that is not accepted',
    async (first) => {
      const tests = many.map((input, index) => (index >= first ? wrong(input) : echoed(input)));
      const { verdict, tests: ran } = await run(simpleJob('python', ECHO, { tests, stopEarly: true }));
      expect(verdict).toBe('WA');
      const upToIt = ran.filter(({ index }) => index <= first);
      expect(upToIt.map((test) => test.verdict)).toEqual([...Array<string>(first).fill('AC'), 'WA']);
      expect(ran.length).toBeLessThan(Math.max(first + 2, many.length));
    },
  );

  it('judges many jobs at once, each by its own tests', async () => {
    const jobs = Array.from({ length: 12 }, (_, n) =>
      simpleJob('python', `print(int(input()) + ${n})`, {
        tests: [1, 2, 3].map((x) => ({ input: `${x}\n`, accepts: (output: string) => Number(output) === x + n })),
      }),
    );
    const results = await Promise.all(jobs.map((job) => run(job)));
    expect(results.map(({ verdict }) => verdict)).toEqual(jobs.map(() => 'AC'));
  });

  it('ends early when asked to, with an error that is worth another attempt', async () => {
    const abort = new AbortController();
    const events: JudgeEvent[] = [];
    for await (const event of under.judge.judge(simpleJob('python', SLEEPS), abort.signal)) {
      events.push(event);
      if (event.type === 'compiling') abort.abort();
    }
    expectInOrder(events);
    expect(events.at(-1)).toMatchObject({ type: 'error', retryable: true });
    expect(events.some(({ type }) => type === 'test')).toBe(false);
  });

  it('begins nothing that was given up before', async () => {
    const { events } = await run(simpleJob('python', SLEEPS), AbortSignal.abort());
    expect(events.at(-1)).toMatchObject({ type: 'error', retryable: true });
    expect(events.some(({ type }) => type === 'test')).toBe(false);
  });

  it('may be left alone in the middle, and judges on', async () => {
    for await (const event of under.judge.judge(
      simpleJob('python', ECHO, { tests: many.map(echoed) }),
      new AbortController().signal,
    ))
      if (event.type === 'compiled') break;
    expect((await run(simpleJob('python', ECHO, { tests: [echoed('on')] }))).verdict).toBe('AC');
  });

  it('does not know every language', async () => {
    const { events } = await run(simpleJob('cobol', ''));
    expect(events).toEqual([{ type: 'error', retryable: false, reason: expect.stringContaining('cobol') as string }]);
  });

  it('lets a checker of the problem decide, or says that it cannot, and never takes that for a verdict', async () => {
    const { runsCheckers } = await under.judge.capabilities();
    const called = { convention: 'kattis', language: 'python', includes: [], args: [] } as const;
    for (const kind of ['custom', 'interactive'] as const) {
      const source = 'import sys\nsys.exit(42 if sys.stdin.read() == "1\\n" else 43)';
      const tests = [{ input: '', answer: '' }];
      const job = simpleJob('python', 'print(1)', { tests, checker: { kind, source, ...called } });
      const { verdict, events } = await run(job);
      expect(verdict).toBe(runsCheckers ? 'AC' : 'error');
      expect(events.at(-1)).toMatchObject(runsCheckers ? { type: 'done' } : { type: 'error', retryable: false });
    }
  });

  it('ends what runs when it is closed, and then judges nothing', async () => {
    const other = await start();
    const ended = judged(other.judge, simpleJob('python', SLEEPS));
    await other.judge.close();
    expect((await ended).events.at(-1)).toMatchObject({ type: 'error', retryable: true });
    expect((await judged(other.judge, simpleJob('python', ECHO))).events.at(-1)).toMatchObject({ type: 'error' });
    await other.judge.close();
    await other.stop();
  });
});
