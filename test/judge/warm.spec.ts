import { kill } from 'node:process';
import { type JudgeUnderTest, startJudge } from '../support/embedded-judge';
import { eventually } from '../support/eventually';
import { type Judged, judged, jobOf, MANIFEST, type Program, simpleJob } from '../support/judge-programs';
import { hasEnded, processesNaming, programsIn, waitingIn } from '../support/processes';

/* A Python that was started before its program was known is like one that was started for it. */

const { limits } = MANIFEST.defaults;
const python = (source: string, changes: Parameters<typeof simpleJob>[2] = {}) => simpleJob('python', source, changes);

let under: JudgeUnderTest;
beforeAll(async () => {
  under = await startJudge(1);
  await judged(under.judge, python(''));
});
afterAll(() => under.stop());

const waiting = () => waitingIn(under.judge.sandboxPids);
const oneWaits = () => eventually('one waits for its program', () => waiting()[0]);

/** By one that waits for it. */
async function warm(job: ReturnType<typeof jobOf>): Promise<Judged> {
  await oneWaits();
  return judged(under.judge, job);
}

/** By a new one, since that which waited is dead. */
async function cold(job: ReturnType<typeof jobOf>): Promise<Judged> {
  const pid = await oneWaits();
  kill(pid, 'SIGKILL');
  await eventually('it is dead', () => hasEnded(pid));
  return judged(under.judge, job);
}

const said = ({ verdict, tests }: Judged) => ({
  verdict,
  tests: tests.map(({ exit, signal, stdout, stderr }) => ({ exit, signal, stdout, stderr })),
});
const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

const SLEEPS = 'import time\ntime.sleep(60)';

it('is the one that waited', async () => {
  const pid = await oneWaits();
  const stop = new AbortController();
  const run = judged(under.judge, python(SLEEPS), stop.signal);
  await eventually('it runs', () => programsIn(under.judge.sandboxPids).includes(pid));
  const abortedAt = performance.now();
  stop.abort();
  expect((await run).events.at(-1)).toMatchObject({ type: 'error', retryable: true });
  expect(performance.now() - abortedAt).toBeLessThan(1000);
  expect(programsIn(under.judge.sandboxPids)).toEqual([]);
});

describe('every program', () => {
  const placeholders = { JUDGE_PID: String(process.pid), PORT: '1', PORT2: '2' };
  const programs = MANIFEST.programs.filter(({ language }) => language === 'python');
  const SAYS_THE_SAME = ['ac', 'wa', 're_exit'];

  it.each(programs.map((program): [string, Program] => [program.file, program]))('%s', async (_, program) => {
    const job = jobOf(program, placeholders);
    const results = [await warm(job), await cold(job)] as const;
    for (const { verdict } of results) expect(program.accept).toContain(verdict);
    if (SAYS_THE_SAME.includes(program.group)) expect(said(results[0])).toEqual(said(results[1]));
  });
});

it('finds what any other does', async () => {
  const source = `
import gc, os, resource, signal, stat, sys, threading, time
def kind(fd):
    try: return stat.S_IFMT(os.fstat(fd).st_mode), os.get_inheritable(fd)
    except OSError as e: return e.errno
print(*os.environ.items(), sys.argv, sys.orig_argv, sorted(sys.modules), sys.flags, sys.path, sep='\\n')
print([kind(fd) for fd in range(12)], os.lseek(0, 0, 1), os.fstat(0).st_size, os.umask(18), os.getcwd())
print([resource.getrlimit(getattr(resource, one)) for one in dir(resource) if one.startswith('RLIMIT_')])
print(sorted(os.listdir('/')), os.listdir('/box'), os.listdir('/tmp'), open(__file__).name)
print(os.getpid(), os.getppid(), os.getpgid(0), os.getsid(0), os.getresgid()[0] == os.getresuid()[0])
print(signal.pthread_sigmask(0, []), [signal.getsignal(n) for n in range(1, 32)], threading.enumerate()[0].name)
print(gc.get_count()[1:], gc.isenabled(), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
try: os.write(0, b'x')
except OSError as e: print(e)
print(os.pread(0, 3, 0), sys.stdin.readline(), os.read(0, 9), sys.stdin.read()[-5:], sys.stdin.buffer.tell())
`;
  const job = python(source, { tests: [{ input: '' }], limits: { ...limits, memoryKiB: 77_777, fileBytes: 12_345 } });
  const withInput = { ...job, tests: [{ input: `first\n${'another line\n'.repeat(300_000)}last` }] };
  for (const one of [job, withInput]) {
    const result = await warm(one);
    expect(result).toMatchObject({ verdict: 'AC' });
    expect(said(result)).toEqual(said(await cold(one)));
  }
});

it('keeps to the limits of its own run, whatever those of the last were', async () => {
  const use = (mebibytes: number) => `print(len([bytearray(1 << 20) for _ in range(${mebibytes})]))`;
  const memory = async (mebibytes: number, memoryMiB: number) =>
    (await warm(python(use(mebibytes), { limits: { ...limits, memoryKiB: memoryMiB << 10 } }))).verdict;
  expect([await memory(100, 32), await memory(100, 256), await memory(300, 256), await memory(300, 512)]).toEqual([
    ...['MLE', 'AC', 'MLE', 'AC'],
  ]);
  const loops = (cpuMs: number) => warm(python('while True: pass', { limits: { ...limits, cpuMs } }));
  for (const cpuMs of [100, 400]) {
    const { verdict, tests } = await loops(cpuMs);
    expect(verdict).toBe('TLE');
    expect(tests[0]!.cpuMs).toBeGreaterThanOrEqual(cpuMs);
    expect(tests[0]!.cpuMs).toBeLessThan(cpuMs + 50);
  }
  const stops = 'import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)\nprint(1)';
  expect(await warm(python(stops, { limits: { ...limits, wallMs: 500 } }))).toMatchObject({ verdict: 'TLE' });
  const sleeps = await warm(python('import time\ntime.sleep(0.2)'));
  expect(sleeps.tests[0]!.wallMs).toBeGreaterThanOrEqual(200);
});

it('waits on while others run, also those that would end everybody', async () => {
  const pid = await oneWaits();
  const killer = `
#include <signal.h>
#include <unistd.h>
int main(void) { kill(-1, SIGKILL); kill(0, SIGCONT); for (int pid = 1; pid < 70000; pid++) if (pid != getpid()) kill(pid, SIGKILL); }`;
  const jobs = [simpleJob('c', killer), simpleJob('javascript', 'console.log(1)'), simpleJob('cpp', 'int main() { }')];
  for (const job of jobs) expect((await judged(under.judge, job)).verdict).toBe('AC');
  expect(waiting()).toEqual([pid]);
  expect(await warm(python('print(1)'))).toMatchObject({ verdict: 'AC' });
  expect(await oneWaits()).not.toBe(pid);
});

it('serves one run and no other', async () => {
  const source = `
import builtins, os, sys
print(getattr(builtins, 'mark', None), 'mark' in sys.modules, os.path.exists('/tmp/mark'), os.environ.get('MARK'))
builtins.mark = sys.modules['mark'] = 1
os.putenv('MARK', '1')
open('/tmp/mark', 'w').close()
`;
  const seen = new Set<number>();
  for (let run = 0; run < 4; run += 1) {
    seen.add(await oneWaits());
    expect((await warm(python(source))).tests[0]!.stdout).toBe('None False False None\n');
  }
  expect(seen.size).toBe(4);
});

it('is told its start in CPU time and in memory', async () => {
  const measure = async (judge: typeof warm) => {
    const runs: Judged[] = [];
    for (let run = 0; run < 15; run += 1) runs.push(await judge(python('')));
    const of = (what: 'cpuMs' | 'memoryKiB' | 'wallMs') => median(runs.map(({ tests }) => tests[0]![what]));
    return { cpuMs: of('cpuMs'), memoryKiB: of('memoryKiB'), wallMs: of('wallMs') };
  };
  const [first, second] = [await measure(warm), await measure(cold)];
  expect(first.cpuMs / second.cpuMs).toBeGreaterThan(0.7);
  expect(first.cpuMs / second.cpuMs).toBeLessThan(1.4);
  expect(Math.abs(first.memoryKiB - second.memoryKiB)).toBeLessThan(1024);
  expect(first.wallMs).toBeLessThan(second.wallMs);
});

it('is gone with its judge, and with its sandbox', async () => {
  const other = await startJudge(2);
  const { judge } = other;
  const wait = () =>
    eventually('both wait', () => waitingIn(judge.sandboxPids).length === 2 && waitingIn(judge.sandboxPids));
  const both = python('import time\ntime.sleep(0.2)', { tests: [{ input: '' }, { input: '' }] });
  await judged(judge, both);
  const lost = await wait();
  const [sandbox] = judge.sandboxPids;
  kill(sandbox!, 'SIGKILL');
  await eventually('one is gone', () => lost.filter((pid) => processesNaming('main.py').includes(pid)).length === 1);
  await eventually('it is known', () => judge.sandboxPids.length === 1);
  expect((await judged(judge, both)).verdict).toBe('AC');
  const left = await wait();
  await judge.close();
  expect(processesNaming('main.py').filter((pid) => [...lost, ...left].includes(pid))).toEqual([]);
  expect(processesNaming(other.dataDir)).toEqual([]);
  await other.stop();
});

it('may die before its run, which then is served by another box', async () => {
  for (let run = 0; run < 10; run += 1) {
    const pid = await oneWaits();
    kill(pid, 'SIGKILL');
    await eventually('it is dead', () => hasEnded(pid));
    const { verdict, tests } = await judged(under.judge, python(`print(${run})`));
    expect({ verdict, stdout: tests[0]!.stdout }).toEqual({ verdict: 'AC', stdout: `${run}\n` });
  }
});
