import { EmbeddedJudge } from '../../src/adapters/embedded/judge/embedded.judge';
import { limitsOf } from '../../src/judging/limits';
import type { JudgeEvent, JudgeJob } from '../../src/ports';
import { BareRuns } from '../support/bare-runs';
import { temporaryFolder } from '../support/processes';
import type { Goal, Report } from '../support/report';
import { median, now, percentile } from '../support/statistics';

const LIMITS = limitsOf('cpp', { cpuMs: 2_000, memoryKiB: 262_144, tests: [] });
const SLOTS = 4;
const LANGUAGES = ['c', 'cpp', 'python', 'javascript'];
const INPUT = '3 4\n';
const ROUNDS = 4;

const GOALS: Readonly<Record<string, readonly [p50?: Goal, p99?: Goal, perSecond?: Goal]>> = {
  cpp: [{ most: 3 }, { most: 10 }, { least: 1_000 }],
  python: [{ most: 9 }],
};

/** As many submissions begin; no two are the same, so that each is compiled. */
const typical = (number: number) => `#include <bits/stdc++.h>
using namespace std;
int main() {
  map<string, vector<int>> seen;
  for (int i = 0; i < ${number}; i++) seen[to_string(i % 7)].push_back(i);
  for (auto &[name, all] : seen) sort(all.rbegin(), all.rend());
  cout << seen.size() << endl;
}
`;
const computing = (body: string) => `#include <time.h>\nint main(void) { ${body} }\n`;
/** By its thread's clock: that of a process, once its CPU time has a limit, moves only when the kernel's ticks do. */
const TEN_MS = `#define _GNU_SOURCE
${computing('struct timespec ran; do clock_gettime(CLOCK_THREAD_CPUTIME_ID, &ran); while (ran.tv_nsec < 10000000);')}`;
/** The same work every time, about a tenth of a second of it. */
const FIXED_WORK = computing('volatile unsigned x = 1; for (long i = 0; i < 60000000; i++) x = x * 1664525u + 1;');

/** What the embedded judge costs by itself, and how fairly it measures, on four boxes. */
export async function engine(report: Report, smoke: boolean): Promise<void> {
  const judge = await EmbeddedJudge.start({ dataDir: temporaryFolder(), slots: SLOTS, languages: LANGUAGES });
  try {
    const { mode, slots } = await judge.capabilities();
    report.line({ mode, slots });
    await single(judge, report, smoke ? 8 : 50);
    await sideBySide(judge, report, smoke ? 20 : 100);
    await precompiled(judge, report, smoke ? 1 : 5);
    await fairness(judge, report, smoke ? 8 : 80);
  } finally {
    await judge.close();
  }
}

/** One test, compiled before, which a player waits for; beside the same program as C and as Node start it, in turn. */
async function single(judge: EmbeddedJudge, report: Report, times: number): Promise<void> {
  const { languages } = await judge.capabilities();
  const bare = await BareRuns.of(languages.find(({ id }) => id === 'cpp')!.template, INPUT);
  const [posix, node]: [number[], number[]] = [[], []];
  for (const { id, template } of languages) {
    const [p50, p99, perSecond] = GOALS[id] ?? [];
    const job = jobOf(id, template, 1);
    await finished(judge, job);
    const own: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      own.push(...(await sample(times, () => finished(judge, job))));
      if (id !== 'cpp') continue;
      posix.push(...(await bare.byPosixSpawn(times)));
      node.push(...(await bare.byNode(times)));
    }
    const measured = { part: 'engine', unit: 'ms' };
    const what = `${id}, one test, compiled before`;
    report.add({ ...measured, what: `${what}, p50`, value: median(own), ...(p50 && { goal: p50 }) });
    report.add({ ...measured, what: `${what}, p99`, value: percentile(own, 0.99), ...(p99 && { goal: p99 }) });
    for (const [name, runs, most] of [
      ['spawn of Node', node, 1.2],
      ['posix_spawn', posix, 3],
    ] as const)
      if (id === 'cpp') {
        const [value, base] = [median(own), median(runs)];
        report.add({
          ...measured,
          what: `${what}, beside ${name}`,
          value,
          bare: base,
          judged: value / base,
          goal: { most },
        });
      }
    const [ms] = await sample(1, () => finished(judge, jobOf(id, template, times * 10)));
    const value = (times * 10 * 1000) / ms!;
    report.add({
      part: 'engine',
      what: `${id}, tests on ${SLOTS} boxes`,
      unit: '/s',
      value,
      ...(perSecond && { goal: perSecond }),
    });
  }
}

/** How much of the boxes' time goes to the programs. */
async function sideBySide(judge: EmbeddedJudge, report: Report, tests: number): Promise<void> {
  const job = jobOf('c', TEN_MS, tests, () => true);
  await finished(judge, job);
  const value = median(await sample(3, () => finished(judge, job)));
  const ideal = (tests * 10) / SLOTS;
  const what = `${tests} tests of 10 ms on ${SLOTS} boxes, beside ideal`;
  report.add({ part: 'engine', what, unit: 'ms', value, bare: ideal, judged: value / ideal, goal: { most: 1.3 } });
}

async function precompiled(judge: EmbeddedJudge, report: Report, times: number): Promise<void> {
  const cpuMs = async (number: number) => {
    const events = await finished(
      judge,
      jobOf('cpp', typical(number), 1, () => true),
    );
    return events.find((event) => event.type === 'compiled')!.cpuMs;
  };
  const bare = await cpuMs(0);
  await judge.settled();
  const taken: number[] = [];
  for (let number = 1; number <= times; number += 1) taken.push(await cpuMs(number));
  const what = 'compiling bits/stdc++.h, CPU time, precompiled';
  report.add({
    part: 'engine',
    what,
    unit: 'ms',
    value: median(taken),
    bare,
    goal: { most: 1_300 },
    note: 'bare: not so',
  });
}

/** The same work, by the CPU time it was found to take: with all boxes busy, and beside what it takes alone. */
async function fairness(judge: EmbeddedJudge, report: Report, tests: number): Promise<void> {
  const cpuOf = async (many: number) =>
    (
      await finished(
        judge,
        jobOf('c', FIXED_WORK, many, () => true),
      )
    ).flatMap((event) => (event.type === 'test' ? event.cpuMs : []));
  const alone: number[] = [];
  for (let run = 0; run < tests / SLOTS; run += 1) alone.push(...(await cpuOf(1)));
  const busy = await cpuOf(tests);
  const percent = { part: 'engine', unit: '%', goal: { most: 2 } };
  const [middle, spread] = [median(busy), (percentile(busy, 0.9) - percentile(busy, 0.1)) / 2];
  const shift = Math.abs(middle / median(alone) - 1);
  report.add({
    ...percent,
    what: 'CPU time of a test, all boxes busy, ± around its median (p10 to p90)',
    value: (spread / middle) * 100,
  });
  report.add({ ...percent, what: 'CPU time of a test, all boxes busy, away from that alone', value: shift * 100 });
}

function jobOf(
  language: string,
  source: string,
  tests: number,
  accepts = (output: string) => output.trim() === '7',
): JudgeJob {
  const many = Array.from({ length: tests }, () => ({ input: INPUT, accepts }));
  return { language, source, limits: LIMITS, stopEarly: true, keepOutput: false, tests: many };
}

async function finished(judge: EmbeddedJudge, job: JudgeJob): Promise<JudgeEvent[]> {
  const events: JudgeEvent[] = [];
  for await (const event of judge.judge(job, new AbortController().signal)) events.push(event);
  const last = events.at(-1);
  if (last?.type !== 'done' || last.verdict !== 'AC') throw new Error(JSON.stringify(last));
  return events;
}

async function sample(times: number, work: () => Promise<unknown>): Promise<number[]> {
  const taken: number[] = [];
  for (let run = 0; run < times; run += 1) {
    const begunAt = now();
    await work();
    taken.push(now() - begunAt);
  }
  return taken;
}
