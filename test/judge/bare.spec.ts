import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmbeddedJudge } from '../../src/adapters/embedded/judge/embedded.judge';
import { buildSandbox } from '../../src/adapters/embedded/judge/sandbox-build';
import { FEW_LANGUAGES } from '../support/embedded-judge';
import { startServer } from '../support/server';
import { jobOf, judged, programsOf, simpleJob } from '../support/judge-programs';
import { processesNaming } from '../support/processes';

/* Where no sandbox works: nothing is judged, unless somebody alone on his machine has asked for it. */

const dataDir = mkdtempSync(join(tmpdir(), 'joust-bare-'));
const judgeDir = join(dataDir, 'judge');
const languages = FEW_LANGUAGES;
let judge: EmbeddedJudge;

beforeAll(async () => {
  const sandbox = await buildSandbox(judgeDir);
  writeFileSync(sandbox, '#!/bin/sh\necho this host grants nothing >&2\nexit 1\n');
  judge = await EmbeddedJudge.start({ dataDir: judgeDir, slots: 2, unsafeLocal: true, languages });
});
afterAll(async () => {
  await judge.close();
  rmSync(dataDir, { recursive: true, force: true });
});

it('judges nothing unless asked to, and says why', async () => {
  const careful = await EmbeddedJudge.start({ dataDir: judgeDir, workFolder: join(dataDir, 'work'), languages });
  const { available, findings } = await careful.capabilities();
  expect({ available, isolates: careful.isolates }).toEqual({ available: false, isolates: true });
  expect(findings.at(-1)).toMatchObject({ ok: false, says: expect.stringContaining('grants nothing') as string });
  expect((await judged(careful, simpleJob('python', 'print(1)'))).verdict).toBe('error');
  await careful.close();
});

it('says that it isolates nothing', async () => {
  const { available, mode, findings } = await judge.capabilities();
  expect({ available, mode, isolates: judge.isolates }).toEqual({
    ...{ available: true, mode: 'without isolation', isolates: false },
  });
  expect(findings.map(({ says }) => says).join(' ')).toMatch(/grants nothing.*WITHOUT ISOLATION/);
});

/** Those of them that leave a machine as it is also without walls. */
const ordinary = ['ac', 'wa', 'ole', 'ce']
  .flatMap(programsOf)
  .filter(({ group, file }) => group === 'ac' || group === 'wa' || /flood\.js|long_line|syntax/.test(file));
it.each(ordinary.map((program) => [program.file, program] as const))(
  'judges %s as the sandbox does',
  async (_, program) => {
    const { verdict, events } = await judged(judge, jobOf(program));
    expect({ events, accepted: program.accept.includes(verdict as never) }).toMatchObject({ accepted: true });
  },
);

it.each([
  ['TLE', 'while True: pass'],
  ['TLE', 'import time\ntime.sleep(60)'],
  ['RTE', 'raise ValueError'],
  ['RTE', 'import os\nos.kill(os.getpid(), 11)'],
])('finds %s of %j', async (verdict, source) => {
  expect((await judged(judge, simpleJob('python', source))).verdict).toBe(verdict);
});

it('tells a program nothing of the environment of this server', async () => {
  const { shown } = await judged(judge, simpleJob('python', 'import os\nprint(sorted(os.environ))'));
  expect(shown.trim()).toBe("['HOME', 'LANG', 'PATH', 'PWD', 'TMPDIR']");
});

it('ends a run when asked to, and leaves nothing in its folder', async () => {
  const abort = new AbortController();
  const source = 'import time\nprint(1, flush=True)\ntime.sleep(60)';
  const run = judged(judge, simpleJob('python', source), abort.signal);
  setImmediate(() => abort.abort());
  expect((await run).events.at(-1)).toMatchObject({ type: 'error', retryable: true });
  expect(readdirSync(join(judgeDir, 'root'))).toEqual([]);
  expect(processesNaming(join(judgeDir, 'root'))).toEqual([]);
});

it.each([
  [true, { JUDGE_UNSAFE_LOCAL: '1' }],
  [false, {}],
])('warns on every page (%s) by a server started with %j', async (warns, env) => {
  const server = await startServer({ env, dataDir });
  for (const path of ['/', '/practice', '/r/ABCD-EFGH']) {
    const page = await (await fetch(`${server.url}${path}`)).text();
    expect(/<body><p class="warning"[^>]*>Programs run without isolation/.test(page)).toBe(warns);
  }
  await server.close();
});
