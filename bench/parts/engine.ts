import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmbeddedJudge } from '../../src/adapters/embedded/judge/embedded.judge';
import { limitsOf } from '../../src/judging/limits';
import type { JudgeEvent, JudgeJob } from '../../src/ports';
import type { Report } from '../support/report';
import { now, percentile } from '../support/statistics';

const LIMITS = limitsOf({ cpuMs: 2_000, memoryKiB: 262_144, tests: [] });

/** What the embedded judge costs by itself: one cached test, which a player waits for, and many side by side, beside Node's own spawn. */
export async function engine(report: Report, smoke: boolean): Promise<void> {
  const times = smoke ? 30 : 200;
  const bare = await sample(times, () => once(spawn('/bin/true', { stdio: 'pipe' }), 'close'));
  const dataDir = await mkdtemp(join(tmpdir(), 'joust-bench-'));
  const judge = await EmbeddedJudge.start({ dataDir });
  try {
    const { mode, slots, languages } = await judge.capabilities();
    report.line({ mode, slots });
    for (const { id, template } of languages) {
      await finished(judge, sum(id, template, 1));
      const taken = await sample(times, () => finished(judge, sum(id, template, 1)));
      for (const share of [0.5, 0.99]) {
        const what = `${id}, one test, compiled before, p${share * 100}`;
        const [value, spawned] = [percentile(taken, share), percentile(bare, share)];
        report.add({
          part: 'engine',
          what,
          unit: 'ms',
          value,
          bare: spawned,
          note: 'bare: spawn of /bin/true, no isolation',
        });
      }
      const many = smoke ? 50 : 500;
      const [ms] = await sample(1, () => finished(judge, sum(id, template, many)));
      report.add({ part: 'engine', what: `${id}, tests side by side`, unit: '/s', value: (many / ms!) * 1000 });
    }
  } finally {
    await judge.close();
    await rm(dataDir, { recursive: true });
  }
}

function sum(language: string, source: string, tests: number): JudgeJob {
  const test = { input: '3 4\n', accepts: (output: string) => output.trim() === '7' };
  const many = Array.from({ length: tests }, () => test);
  return { language, source, limits: LIMITS, stopEarly: true, keepOutput: false, tests: many };
}

async function finished(judge: EmbeddedJudge, job: JudgeJob): Promise<void> {
  let last: JudgeEvent | undefined;
  for await (const event of judge.judge(job, new AbortController().signal)) last = event;
  if (last?.type !== 'done' || last.verdict !== 'AC') throw new Error(JSON.stringify(last));
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
