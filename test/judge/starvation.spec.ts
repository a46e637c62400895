import { execFileSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { kill } from 'node:process';
import { wasStarved } from '../../src/adapters/embedded/judge/starvation';
import { type JudgeUnderTest, startJudge } from '../support/embedded-judge';
import { eventually } from '../support/eventually';
import { judged, simpleJob } from '../support/judge-programs';
import { programsIn } from '../support/processes';

/* Noise of the host never makes a TLE out of an AC. */

const WALL_MS = 2_000;
/** The first of the processors this may use. */
const ONE = /Cpus_allowed_list:\s*(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))![1]!;

const TOO_BUSY = {
  ...{ type: 'error', retryable: true },
  reason: expect.stringContaining('This host is too busy') as string,
};

it.each([
  // all of its time it waited: nothing is known of the program
  [true, 'wall', 0.99],
  [true, 'wall', 0.51],
  // it slept, and waited a little each time it woke
  [false, 'wall', 0.5],
  [false, 'wall', 0],
  // its CPU time is its own, whoever else is at work
  [false, 'cpu', 0.99],
  [false, 'memory', 0.99],
  [false, 'ended', 0.99],
] as const)('is %s of a run ended by %s that waited %d of its time', (starved, reason, share) => {
  expect(wasStarved({ reason, wallMs: WALL_MS, waitedMs: share * WALL_MS })).toBe(starved);
});

describe('a program that shares one processor with many others', () => {
  const NEEDS_HALF_A_SECOND = `
#include <stdio.h>
#include <time.h>
int main(void) { while (clock() < CLOCKS_PER_SEC / 2) continue; puts("done"); }
`;
  const tests = [{ input: '', accepts: (output: string) => output === 'done\n' }];
  const limits = {
    ...{ cpuMs: 1_000, wallMs: WALL_MS, memoryKiB: 262_144, outputBytes: 1_000, fileBytes: 0 },
    ...{ compileCpuMs: 10_000, compileWallMs: 60_000, compileMemoryKiB: 1_048_576 },
  };
  const job = simpleJob('c', NEEDS_HALF_A_SECOND, { tests, limits });
  const crowd: number[] = [];
  const disperse = () => crowd.splice(0).forEach((pid) => kill(pid, 'SIGKILL'));
  const onOneProcessor = (pid: number) => execFileSync('taskset', ['-pc', ONE, String(pid)]);

  let under: JudgeUnderTest;
  const running = () => programsIn(under.judge.sandboxPids);
  beforeAll(async () => {
    under = await startJudge(1);
    // compiled while there is room
    expect((await judged(under.judge, job)).verdict).toBe('AC');
  });
  beforeEach(() => {
    // each in a session of its own, or those of one session would share what one gets
    for (let many = 0; many < 20; many += 1)
      crowd.push(
        spawn('taskset', ['-c', ONE, 'sh', '-c', 'while :; do :; done'], { detached: true, stdio: 'ignore' }).pid!,
      );
  });
  afterEach(disperse);
  afterAll(() => under.stop());

  it('is run again, and accepted when they are gone', async () => {
    const result = judged(under.judge, job);
    const first = await eventually('it runs', () => running()[0]);
    onOneProcessor(first);
    await eventually('it is run again', () => running().some((pid) => pid !== first));
    disperse();
    expect(await result).toMatchObject({ verdict: 'AC', verdicts: ['AC'] });
  });

  it("is nobody's verdict while they stay", async () => {
    const ended = new AbortController();
    const result = judged(under.judge, job).finally(() => ended.abort());
    const seen = new Set<number>();
    while (!ended.signal.aborted) {
      const pid = await eventually(
        'a run or the end',
        () => ended.signal.aborted || running().find((one) => !seen.has(one)),
      );
      if (pid === true) break;
      seen.add(pid);
      onOneProcessor(pid);
    }
    expect((await result).events.at(-1)).toEqual(TOO_BUSY);
    expect(seen.size).toBe(3);
  });

  it('is not told that it does not compile, though the compiler waits for what it started and not for a processor', async () => {
    onOneProcessor(under.judge.sandboxPids[0]!);
    const source = '#include <iostream>\nint main() {}';
    const hasty = simpleJob('cpp', source, { limits: { ...limits, compileWallMs: WALL_MS } });
    // in the box that was made before
    await judged(under.judge, simpleJob('python', ''));
    expect((await judged(under.judge, hasty)).events.at(-1)).toEqual(TOO_BUSY);
  });
});

it('a source that has its compiler sleep holds up nobody twice', async () => {
  const under = await startJudge(1, ['haskell']);
  const source = `{-# LANGUAGE TemplateHaskell #-}
import Control.Concurrent
import Language.Haskell.TH.Syntax
main = putStrLn $(runIO (threadDelay 60000000) >> lift "")
`;
  const { limits } = simpleJob('haskell', '');
  const sleeps = simpleJob('haskell', source, { limits: { ...limits, compileWallMs: 4_000 } });
  expect(await judged(under.judge, sleeps)).toMatchObject({
    verdict: 'CE',
    compiled: { output: expect.stringContaining('The compiler was stopped') as string },
  });
  await under.stop();
});
