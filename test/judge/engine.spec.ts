import { kill } from 'node:process';
import { EmbeddedJudge } from '../../src/adapters/embedded/judge/embedded.judge';
import { FEW_LANGUAGES, type JudgeUnderTest, startJudge } from '../support/embedded-judge';
import { eventually } from '../support/eventually';
import { judged, simpleJob } from '../support/judge-programs';
import { processesNaming, programsIn } from '../support/processes';

const SLOTS = 2;
const SLEEPS_ON_DEMAND = `
import time
n = int(input())
if n < 0: time.sleep(60)
time.sleep(n / 1000)
print(n)
`;
const printsItsInput = (input: string) => ({ input, accepts: (output: string) => output.trim() === input.trim() });

let under: JudgeUnderTest;
let judge: EmbeddedJudge;
beforeAll(async () => {
  under = await startJudge(SLOTS);
  judge = under.judge;
});
afterAll(() => under.stop());

const running = () => programsIn(judge.sandboxPids);

it('tells what it can do, and what its self-test found', async () => {
  const { available, slots, languages, findings } = await judge.capabilities();
  expect({ available, slots }).toEqual({ available: true, slots: SLOTS });
  expect(languages.map(({ id }) => id)).toEqual(FEW_LANGUAGES);
  expect(findings).toContainEqual({ ok: true, says: 'A program in a box was refused all it tried.' });
});

it('compiles the same source once, also after a restart', async () => {
  const job = simpleJob('c', '#include <stdio.h>\nint main(void) { puts("once"); }');
  expect((await judged(judge, job)).compiled).toMatchObject({ ok: true, cached: false });
  expect((await judged(judge, job)).compiled).toMatchObject({ ok: true, cached: true, cpuMs: 0 });
  const restarted = await EmbeddedJudge.start({ dataDir: under.dataDir, slots: SLOTS, languages: FEW_LANGUAGES });
  expect((await judged(restarted, job)).compiled).toMatchObject({ cached: true });
  await restarted.close();
});

describe('the same source, handed in at the same moment', () => {
  const SLOW = '#include <iostream>\nint main() { puts("';
  const handIn = (word: string, signal?: AbortSignal) =>
    judged(judge, simpleJob('cpp', `// ${word}\n${SLOW}"); }`), signal);

  it('is compiled once, as all are told', async () => {
    const all = await Promise.all([1, 2, 3].map(() => handIn('three')));
    expect(all.map(({ verdict }) => verdict)).toEqual(['AC', 'AC', 'AC']);
    const [first, ...others] = all.map(({ compiled }) => compiled!);
    expect(first).toMatchObject({ ok: true, cached: false });
    expect(first!.cpuMs).toBeGreaterThan(0);
    expect(others).toEqual([first, first]);
  });

  it('is compiled for those who stay, and for nobody when none does', async () => {
    const stops = [1, 2, 3].map(() => new AbortController());
    const [one, two, stays] = stops.map(({ signal }) => handIn('stays', signal));
    await eventually('it is compiled', () => running().length > 0);
    stops[0]!.abort();
    stops[1]!.abort();
    for (const left of [one, two]) expect((await left!).events.at(-1)).toMatchObject({ type: 'error' });
    expect(running().length).toBe(1);
    expect((await stays!).verdict).toBe('AC');

    const stop = new AbortController();
    const [last, other] = [handIn('leaves', stop.signal), handIn('leaves', stop.signal)];
    await eventually('it is compiled', () => running().length > 0);
    stop.abort();
    const anew = handIn('leaves');
    await Promise.all([last, other]);
    expect(await anew).toMatchObject({ verdict: 'AC', compiled: { cached: false } });
  });

  it('is an error for all when the sandbox dies', async () => {
    const runs = [handIn('dies'), handIn('dies')];
    await eventually('it is compiled', () => running().length > 0);
    for (const pid of judge.sandboxPids) kill(pid, 'SIGKILL');
    for (const run of runs) expect((await run).events.at(-1)).toMatchObject({ type: 'error', retryable: true });
    await eventually('all deaths are known', () => judge.sandboxPids.length === 0);
    expect((await handIn('dies')).verdict).toBe('AC');
  });
});

it('does not let what a failed submission need not run any more wait for its turns', async () => {
  const MANY = 40;
  const others = simpleJob('python', SLEEPS_ON_DEMAND, {
    tests: Array.from({ length: MANY }, () => printsItsInput('50')),
  });
  let ran = 0;
  const busy = (async () => {
    for await (const { type } of judge.judge(others, new AbortController().signal)) ran += type === 'test' ? 1 : 0;
  })();
  await eventually('others are judged', () => ran > 0);
  const tests = [{ input: '1', accepts: () => false }, ...Array.from({ length: MANY }, () => printsItsInput('1'))];
  expect((await judged(judge, simpleJob('python', SLEEPS_ON_DEMAND, { tests, stopEarly: true }))).verdict).toBe('WA');
  expect(ran).toBeLessThan(MANY / 2);
  await busy;
});

it('stops at the first test, in order, that is not accepted', async () => {
  const tests = [
    printsItsInput('300'),
    { input: '1', accepts: () => false },
    ...Array.from({ length: 6 }, () => printsItsInput('-1')),
  ];
  const job = simpleJob('python', SLEEPS_ON_DEMAND, { tests, stopEarly: true });
  const { verdict, verdicts, tests: reported } = await judged(judge, job);
  expect(verdict).toBe('WA');
  expect(reported.map(({ index }) => index)).toEqual([0, 1]);
  expect(verdicts).toEqual(['AC', 'WA']);
  expect(running()).toEqual([]);
});

it('does not let a long submission hold up a short one', async () => {
  const ended: string[] = [];
  const long = simpleJob('python', SLEEPS_ON_DEMAND, { tests: Array.from({ length: 40 }, () => printsItsInput('30')) });
  const short = simpleJob('python', SLEEPS_ON_DEMAND, { tests: [printsItsInput('30')] });
  const runs = [judged(judge, long).then(() => ended.push('long'))];
  runs.push(judged(judge, short).then(() => ended.push('short')));
  await Promise.all(runs);
  expect(ended).toEqual(['short', 'long']);
});

it('ends a run at once when asked to', async () => {
  const abort = new AbortController();
  const run = judged(judge, simpleJob('python', SLEEPS_ON_DEMAND, { tests: [printsItsInput('-1')] }), abort.signal);
  await eventually('it runs', () => running().length === 1);
  const abortedAt = performance.now();
  abort.abort();
  expect((await run).events.at(-1)).toMatchObject({ type: 'error', retryable: true });
  expect(performance.now() - abortedAt).toBeLessThan(3_000);
  expect(running()).toEqual([]);
});

it('ends what runs when nobody listens any more', async () => {
  for await (const event of judge.judge(
    simpleJob('python', SLEEPS_ON_DEMAND, { tests: [printsItsInput('-1')] }),
    new AbortController().signal,
  ))
    if (event.type === 'compiled') break;
  expect(running()).toEqual([]);
});

it('calls a sandbox that dies an error worth another attempt, and goes on with a new one', async () => {
  const run = judged(judge, simpleJob('python', SLEEPS_ON_DEMAND, { tests: [printsItsInput('-1')] }));
  await eventually('it runs', () => running().length === 1);
  const [program] = running();
  for (const pid of judge.sandboxPids) kill(pid, 'SIGKILL');
  expect((await run).events.at(-1)).toMatchObject({ type: 'error', retryable: true });
  const gone = () => !processesNaming('main.py').includes(program!) && judge.sandboxPids.length === 0;
  await eventually('sandboxes and programs are gone', gone);
  const again = await Promise.all([1, 2, 3].map(() => judged(judge, simpleJob('python', 'print(1)'))));
  expect(again.map(({ verdict }) => verdict)).toEqual(['AC', 'AC', 'AC']);
});

it('shows no submission the files of another, nor of its own other tests', async () => {
  const source = (name: string) => `
import os
seen = sorted(os.listdir('/tmp')) + sorted(os.listdir('/box')) + sorted(os.listdir('/'))
open('/tmp/left-by-${name}', 'w').write('x')
print(*seen)
`;
  const tests = [{ input: '1' }, { input: '2' }, { input: '3' }];
  const results = await Promise.all(
    ['a', 'b'].map((name) => judged(judge, simpleJob('python', source(name), { tests }))),
  );
  for (const { tests: ran, shown } of results) {
    expect(shown).not.toContain('left-by');
    expect(new Set(ran.map(({ stdout }) => stdout)).size).toBe(1);
    expect(ran[0]!.stdout).toMatch(/^main\.py /);
  }
});

it('leaves nothing behind when closed, even with programs running', async () => {
  const other = await startJudge(SLOTS);
  const run = judged(other.judge, simpleJob('python', SLEEPS_ON_DEMAND, { tests: [printsItsInput('-1')] }));
  await eventually('it runs', () => programsIn(other.judge.sandboxPids).length === 1);
  const programs = programsIn(other.judge.sandboxPids);
  await other.judge.close();
  expect((await run).events.at(-1)).toMatchObject({ type: 'error', retryable: true });
  expect(processesNaming(other.dataDir)).toEqual([]);
  expect(processesNaming('main.py').filter((pid) => programs.includes(pid))).toEqual([]);
  expect((await judged(other.judge, simpleJob('python', ''))).verdict).toBe('error');
  await other.stop();
});
