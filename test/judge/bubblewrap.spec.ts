import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CHECKER_JOBS } from '../support/checker-jobs';
import { startJudge } from '../support/embedded-judge';
import { Bait } from '../support/hostile-programs';
import { judgeApart } from '../support/judge-apart';
import type { ReportApart } from '../support/judge-apart.child';
import { judged, MANIFEST, programsOf, simpleJob } from '../support/judge-programs';
import { buildForTest } from '../support/sandbox-build';
import { ROOT } from '../support/source-tree';

/*
 * A host without a compiler, but with bubblewrap. The languages that are compiled have their compilers here all the same,
 * so that every program there is can be tried.
 */

/** What differs from the sandbox, and why. */
const DIFFERS: Readonly<Record<string, string>> = {
  // Landlock is what refuses it elsewhere; what is written there adds to randomness, and takes nothing from it
  'atk_devices.c': 'PWNED zeros without end, or the pool of entropy',
  // bubblewrap mounts no scratch folder without the right to execute; what runs from there is behind the same walls
  'atk_run_from_tmp.c': 'PWNED',
};

const EVERYTHING = [...new Set(MANIFEST.programs.map(({ group }) => group))];
const isRoot = process.getuid?.() === 0;
const MODES = [
  ...(isRoot ? [{ mode: 'bubblewrap, as root', asUser: false, groups: EVERYTHING }] : []),
  { mode: 'bubblewrap, as an ordinary user', asUser: true, groups: isRoot ? ['ac', 'attack'] : EVERYTHING },
];

let bait: Bait;
const folder = mkdtempSync(join(tmpdir(), 'joust-bubblewrap-'));
chmodSync(folder, 0o755);
beforeAll(async () => {
  bait = await Bait.set();
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await bait.remove();
});

describe.each(MODES)('$mode', ({ mode, asUser, groups }) => {
  let report: ReportApart;
  beforeAll(async () => {
    const { placeholders } = bait;
    report = await judgeApart({ groups, placeholders, asUser, throughBubblewrap: true });
  }, 300_000);

  it('says what it measures less, and how there could be more', () => {
    expect({ mode: report.mode, wrong: report.findings.filter(({ ok }) => !ok) }).toEqual({ mode, wrong: [] });
    expect(report.findings.map(({ says }) => says).join(' ')).toMatch(/install gcc.*every 10 ms.*refused all it tried/);
  });

  it.each(groups.flatMap(programsOf).map((program) => [program.file, program] as const))(
    'holds %s',
    (file, program) => {
      const { results, innocent } = report.assaults.find((one) => one.file === file)!;
      const differs = DIFFERS[file];
      if (differs) expect(results.map(({ shown }) => shown.trim())).toEqual([differs]);
      for (const { verdict, events, shown } of differs ? [] : results) {
        expect({ events, accepted: program.accept.includes(verdict as never) }).toMatchObject({ accepted: true });
        for (const secret of program.mustNotContain ?? []) expect(shown).not.toContain(secret);
      }
      expect(innocent).toBe('AC');
      expect(bait.connections).toBe(0);
    },
  );

  it.each(Object.entries(CHECKER_JOBS))('sees to it that %s', (name, { verdict }) => {
    expect(report.checked[name]).toBe(verdict);
  });

  it('leaves nothing running, and nothing of a test on the disk', () => {
    expect({ running: report.leftOver, files: report.files }).toEqual({ running: [], files: [] });
  });
});

it('filters by what syscall-filter.c says', async () => {
  const { executable, remove } = await buildForTest('plain');
  const printed = execFileSync(executable, ['--filters']).toString();
  await remove();
  // else: sandbox --filters > src/adapters/embedded/judge/syscall-filters.ts
  expect(printed).toBe(readFileSync(join(ROOT, 'src/adapters/embedded/judge/syscall-filters.ts'), 'utf8'));
});

const PYTHON = ['python'];

it.each([
  ['the filter', /open a socket/, '--seccomp 4', ''],
  ['the bareness of the root', /read the host's processes/, '--dir /proc', '--proc /proc'],
  ['the root that cannot be written to', /write to the root/, '--remount-ro / --', '--'],
  ['a limit', /do without limits/, '--fsize=16777216', ''],
  ['an identity of its own', /be root/, '--uid 60000', '--uid 0'],
  ['the word that a program has begun', /did not finish/, '--json-status-fd 3', '--info-fd 3'],
])('judges nothing where %s is missing', async (_, says, words, instead) => {
  const command = join(folder, 'bwrap');
  const script = `line=" $* " from=" ${words} " to=" ${instead} "\nexec /usr/bin/bwrap \${line/"$from"/"$to"}`;
  writeFileSync(command, `#!/bin/bash\n${script}\n`, { mode: 0o755 });
  const { judge, stop } = await startJudge(2, PYTHON, { compilers: [], bubblewraps: [command] });
  const { available, findings } = await judge.capabilities();
  const { verdict } = await judged(judge, simpleJob('python', 'print(1)'));
  await stop();
  expect({ available, verdict }).toEqual({ available: false, verdict: 'error' });
  expect(findings.at(-1)).toEqual({ ok: false, says: expect.stringMatching(says) as string });
});

it('says what to install where there is neither', async () => {
  const { judge, stop } = await startJudge(2, PYTHON, { compilers: [], bubblewraps: [] });
  const { available, findings } = await judge.capabilities();
  await stop();
  expect(available).toBe(false);
  expect(findings.at(-1)!.says).toMatch(/install gcc .* apt install bubblewrap/);
});

it('measures what runs for long enough, and ends it soon after its limit', async () => {
  const { judge, stop } = await startJudge(2, PYTHON, { compilers: [] });
  const limits = { ...MANIFEST.defaults.limits, wallMs: 60_000 };
  const run = async (source: string) => (await judged(judge, simpleJob('python', source, { limits }))).tests[0]!;
  const half = await run('import time\nx = "x" * 90_000_000\nwhile time.process_time() < 0.5: pass\ntime.sleep(0.1)');
  const loop = await run('while True: pass');
  await stop();
  expect(half).toMatchObject({ verdict: 'AC' });
  expect(half.cpuMs).toBeGreaterThanOrEqual(490);
  expect(half.memoryKiB).toBeGreaterThan(90_000);
  expect(loop).toMatchObject({ verdict: 'TLE' });
  expect(loop.cpuMs).toBeLessThan(2_000);
});
