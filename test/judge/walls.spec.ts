import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { rmSync } from 'node:fs';
import { type JudgeUnderTest, startJudge } from '../support/embedded-judge';
import { eventually } from '../support/eventually';
import { judged, simpleJob } from '../support/judge-programs';
import { processesNaming, programsIn } from '../support/processes';

/* Ways around the limits that the common programs do not take. */

let under: JudgeUnderTest;
beforeAll(async () => {
  under = await startJudge();
}, 60_000);
afterAll(() => under.stop());

const c = (body: string) => `#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>
static void *idle(void *x) { pause(); return x; }
int main(void) { (void)idle; ${body} }
`;
const run = (source: string, language = 'c') => judged(under.judge, simpleJob(language, source));

it.each([
  [
    'shared anonymous memory, which no RLIMIT_DATA counts',
    'char *p = mmap(0, 4L << 30, 3, MAP_SHARED | MAP_ANONYMOUS, -1, 0); memset(p, 1, 4L << 30);',
  ],
  [
    'page tables, which are in no resident set',
    'for (;;) { char *p = mmap(0, 1L << 40, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0); if (p == MAP_FAILED) return 1; for (long i = 0; i < 1L << 40; i += 1 << 21) *(volatile char *)(p + i); }',
  ],
  ['the stack', 'for (;;) { volatile char *p = __builtin_alloca(1 << 20); memset((void *)p, 1, 1 << 20); }'],
])('counts %s', async (_, body) => {
  const { verdict, tests } = await run(c(body));
  expect({ verdict, tests }).toMatchObject({ verdict: 'MLE' });
  expect(tests[0]!.memoryKiB).toBeLessThan(2 * 262_144);
});

it.each([
  [
    'threads without end',
    'int n = 0; pthread_t t; while (n < 1000 && !pthread_create(&t, 0, idle, 0)) n++; puts(n < 100 ? "SAFE" : "PWNED"); exit(0);',
  ],
  ['a process by clone', 'puts(syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0) < 0 ? "SAFE" : "PWNED"); exit(0);'],
  [
    'a process by clone that shares everything but is no thread',
    'puts(syscall(SYS_clone, CLONE_VM | CLONE_VFORK | SIGCHLD, 0, 0, 0, 0) < 0 ? "SAFE" : "PWNED"); _exit(fflush(stdout));',
  ],
  ['a process by clone3', 'puts(syscall(SYS_clone3, 0, 0) < 0 && errno == ENOSYS ? "SAFE" : "PWNED");'],
  ['a new user namespace', 'puts(unshare(CLONE_NEWUSER) ? "SAFE" : "PWNED");'],
  [
    'memory moved out to swap',
    'char *p = mmap(0, 4096, 3, MAP_SHARED | MAP_ANONYMOUS, -1, 0); puts(madvise(p, 4096, 21) ? "SAFE" : "PWNED");',
  ],
  [
    'more of a limit',
    'struct rlimit r = {RLIM_INFINITY, RLIM_INFINITY}; puts(setrlimit(RLIMIT_FSIZE, &r) ? "SAFE" : "PWNED");',
  ],
  ['a signal to process 1', 'puts(kill(1, 0) ? "SAFE" : "PWNED");'],
  ['a signal to everybody', 'puts(kill(-1, 0) ? "SAFE" : "PWNED");'],
  [
    'something executable in /tmp',
    'FILE *f = fopen("/tmp/x", "w"); fputs("#!/bin/sh\\necho PWNED", f); fclose(f); chmod("/tmp/x", 0755); execl("/tmp/x", "x", (char *)0); puts("SAFE");',
  ],
  ['its own stdin, to write to', 'puts(write(0, "x", 1) < 0 && ftruncate(0, 1 << 20) < 0 ? "SAFE" : "PWNED");'],
])('refuses %s', async (_, body) => {
  const { verdict, tests } = await run(
    c(body).replace('#include <unistd.h>', '#include <sys/stat.h>\n#include <unistd.h>'),
  );
  expect({ verdict, out: tests[0]?.stdout, err: tests[0]?.stderr }).toEqual({ verdict: 'AC', out: 'SAFE\n', err: '' });
});

// on arm64 there is no way to call by other numbers
if (process.arch === 'x64')
  it('ends a program that calls by the numbers of another architecture', async () => {
    const { verdict } = await run(
      c('long r; __asm__ volatile("int $0x80" : "=a"(r) : "a"(359L), "b"(2L), "c"(1L), "d"(0L)); puts("PWNED");'),
    );
    expect(verdict).toBe('RTE');
  });

it('ends a program that stopped itself', async () => {
  const { verdict } = await run(c('raise(SIGSTOP);'));
  expect(verdict).toBe('TLE');
});

it('hides what npm installed beside the interpreter', async () => {
  const { shown } = await run(
    "for (const f of ['/usr/lib/node_modules', '/usr/local/lib/node_modules']) try { console.log(...require('fs').readdirSync(f)) } catch {}",
    'javascript',
  );
  expect(shown.trim()).toBe('');
});

it('does not let the compiler read without end', async () => {
  const source = '__asm__(".incbin \\"/dev/zero\\"");\nint main(void) { return 0; }';
  const { verdict, compiled } = await run(source);
  expect({ verdict, compiled }).toMatchObject({ verdict: 'CE' });
}, 40_000);

it('names no path of the host in what a compiler says', async () => {
  const { compiled } = await run('int main(void) { return x; }');
  expect(compiled!.output).toContain('/box/main.c');
  expect(compiled!.output).not.toContain(under.dataDir);
});

it('leaves nothing behind when the server itself is killed', async () => {
  const script = join(__dirname, '../support/judge-until-killed.child.ts');
  const server = spawn(process.execPath, ['--import', require.resolve('tsx'), script], {
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
