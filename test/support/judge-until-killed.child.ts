import { startJudge } from './embedded-judge';
import { judged, simpleJob } from './judge-programs';

/* Judges a program that never ends and tells which sandboxes do so, until it is killed. */

async function main(): Promise<void> {
  const { judge, dataDir } = await startJudge(2);
  const run = judged(judge, simpleJob('python', 'while True: pass', { limits: LONG }));
  process.stdout.write(`${JSON.stringify({ dataDir, sandboxes: judge.sandboxPids })}\n`);
  await run;
}

const LONG = {
  ...{ cpuMs: 60_000, wallMs: 60_000, memoryKiB: 262_144, outputBytes: 65_536, fileBytes: 65_536 },
  ...{ compileCpuMs: 10_000, compileWallMs: 20_000, compileMemoryKiB: 1_048_576 },
};

void main();
