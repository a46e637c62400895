import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmbeddedJudge } from '../src/adapters/embedded/judge/embedded.judge';
import type { JudgeEvent, JudgeJob } from '../src/ports';

/*
 * How long the embedded judge takes: one test at a time (what a player waits for), many at once (what
 * a host can do), a submission of twenty tests, and beside them Node's own spawn, which isolates
 * nothing. Run with: npx tsx bench/judge.ts
 */

const LIMITS = {
  ...{ cpuMs: 1000, wallMs: 5000, memoryKiB: 262_144, outputBytes: 65_536, fileBytes: 2 ** 24 },
  ...{ compileCpuMs: 10_000, compileWallMs: 20_000, compileMemoryKiB: 1_048_576 },
};

function sumJob(language: string, source: string, tests: number): JudgeJob {
  const test = { input: '3 4\n', accepts: (output: string) => output.trim() === '7' };
  return {
    ...{ language, source, limits: LIMITS, stopEarly: true, keepOutput: false },
    tests: Array.from({ length: tests }, () => test),
  };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

async function sample(times: number, work: () => Promise<unknown>): Promise<string> {
  const taken: number[] = [];
  for (let run = 0; run < times; run += 1) taken.push(await timed(work));
  taken.sort((a, b) => a - b);
  const at = (part: number) => taken[Math.floor(taken.length * part)]!.toFixed(2);
  return `p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`;
}

async function finished(judge: EmbeddedJudge, job: JudgeJob): Promise<void> {
  let last: JudgeEvent | undefined;
  for await (const event of judge.judge(job, new AbortController().signal)) last = event;
  if (last?.type !== 'done' || last.verdict !== 'AC') throw new Error(JSON.stringify(last));
}

async function main(): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'joust-bench-'));
  const judge = await EmbeddedJudge.start({ dataDir });
  const { mode, slots, languages } = await judge.capabilities();
  console.log(`${mode}, ${slots} slots`);
  for (const { id, template } of languages) {
    await finished(judge, sumJob(id, template, 1));
    console.log(
      `${id}, a submission of one test: ${await sample(200, () => finished(judge, sumJob(id, template, 1)))}`,
    );
    const many = id === 'javascript' ? 200 : 2000;
    const ms = await timed(() => finished(judge, sumJob(id, template, many)));
    console.log(`${id}, tests side by side: ${((many / ms) * 1000).toFixed(0)} per second`);
  }
  const cpp = languages.find(({ id }) => id === 'cpp')!.template;
  const fresh = await timed(() => finished(judge, sumJob('cpp', `${cpp}// ${Date.now()}\n`, 20)));
  const cached = await sample(20, () => finished(judge, sumJob('cpp', cpp, 20)));
  console.log(`cpp, twenty tests: ${fresh.toFixed(0)} ms with compiling; compiled before: ${cached}`);
  const bare = await sample(200, async () => once(spawn('/bin/true', { stdio: 'pipe' }), 'close'));
  console.log(`Node's own spawn of /bin/true: ${bare}`);
  await judge.close();
  await rm(dataDir, { recursive: true });
}

void main();
