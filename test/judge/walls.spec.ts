import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { readFileSync, rmSync } from 'node:fs';
import { type JudgeUnderTest, startJudge } from '../support/embedded-judge';
import { eventually } from '../support/eventually';
import { judged, jobOf, MANIFEST, programsOf, simpleJob } from '../support/judge-programs';
import { processesNaming, programsIn } from '../support/processes';

/* What the programs themselves cannot say; those are in attacks.spec.ts. */

let under: JudgeUnderTest;
beforeAll(async () => {
  under = await startJudge();
});
afterAll(() => under.stop());

const run = (source: string, language = 'c') => judged(under.judge, simpleJob(language, source));

it.each(['mle_no_main_thread.c', 'mle_page_tables.c', 'mle_stack.c'])(
  'ends %s soon after it is too large',
  async (file) => {
    const program = programsOf('mle').find((one) => one.file === file)!;
    const { verdict, tests } = await judged(under.judge, jobOf(program));
    expect({ verdict, tests }).toMatchObject({ verdict: 'MLE' });
    expect(tests[0]!.memoryKiB).toBeLessThan(1.1 * MANIFEST.defaults.limits.memoryKiB);
  },
);

it('hides what npm installed beside the interpreter', async () => {
  const { shown } = await run(
    "for (const f of ['/usr/lib/node_modules', '/usr/local/lib/node_modules']) try { console.log(...require('fs').readdirSync(f)) } catch {}",
    'javascript',
  );
  expect(shown.trim()).toBe('');
});

it('names no path of the host in what a compiler says', async () => {
  const { compiled } = await run('int main(void) { return x; }');
  expect(compiled!.output).toContain('/box/main.c');
  expect(compiled!.output).not.toContain(under.dataDir);
});

it('is ended before anything else by a host without memory', async () => {
  const abort = new AbortController();
  const sleeps = judged(under.judge, simpleJob('python', 'import time; time.sleep(60)'), abort.signal);
  const [program] = await eventually('it runs', () => {
    const running = programsIn(under.judge.sandboxPids);
    return running.length > 0 && running;
  });
  expect(readFileSync(`/proc/${program!}/oom_score_adj`, 'utf8').trim()).toBe('1000');
  abort.abort();
  await sleeps;
});

it('leaves nothing behind when the server itself is killed', async () => {
  const script = join(__dirname, '../support/judge-until-killed.child.ts');
  const server = spawn(process.execPath, ['-r', join(__dirname, '../support/compile-on-load.cjs'), script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(server.stdout, 'data')) as [Buffer];
  const { dataDir, sandboxes } = JSON.parse(line.toString()) as { dataDir: string; sandboxes: number[] };
  await eventually('its program runs', () => programsIn(sandboxes).length === 1);
  const programs = programsIn(sandboxes);
  server.kill('SIGKILL');
  await once(server, 'exit');
  await eventually('all of it is gone', () => processesNaming(dataDir).length === 0);
  expect(processesNaming('main.py').filter((pid) => programs.includes(pid))).toEqual([]);
  rmSync(dataDir, { recursive: true, force: true });
});
