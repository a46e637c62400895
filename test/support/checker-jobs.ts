import type { CheckerProgram } from '../../src/contract/terms';
import type { JudgeJob } from '../../src/ports';
import { simpleJob } from './judge-programs';

/* Jobs with checkers of their own that must come out the same whatever walls a judge has. */

const LIMITS = { cpuMs: 1_000, wallMs: 2_500, outputBytes: 2 ** 20 };
const TESTS = [{ input: 'the input\n', answer: 'the answer\n' }];

const job = (kind: CheckerProgram['kind'], given: string, source: string): JudgeJob => {
  const checker = { kind, source: `import os, sys, time\n${given}`, language: 'python', includes: [], args: [] };
  const found = simpleJob('python', `import sys\n${source}`, {
    checker: { ...checker, convention: 'kattis' },
    tests: TESTS,
  });
  return { ...found, limits: { ...found.limits, ...LIMITS } };
};

/** Says 42 where what is tried is refused. */
const tries = (what: string) => job('custom', `try: ${what}\nexcept OSError: sys.exit(42)\nsys.exit(43)`, 'print(1)');
const ALL_IS_GIVEN = `
given = [open(sys.argv[1]).read(), open(sys.argv[2]).read(), sys.stdin.buffer.read(), os.listdir(sys.argv[3])]
open(sys.argv[3] + "judgemessage.txt", "w").write("seen")
sys.exit(42 if given == ["the input\\n", "the answer\\n", b"\\xff\\n", []] else 43)`;
const ECHOES = `
print("say", flush=True)
sys.exit(42 if sys.stdin.readline() == "said\\n" else 43)`;
const SEES_NOTHING = `
import os
seen = []
for folder in ("/box", "/tmp", sys.path[0], os.getcwd()):
    try: seen += os.listdir(folder)
    except OSError: pass
input()
print("said" if not {"input", "answer"} & set(seen) else seen)`;

export const CHECKER_JOBS: Readonly<Record<string, { readonly job: JudgeJob; readonly verdict: string }>> = {
  'a checker is given all': { job: job('custom', ALL_IS_GIVEN, 'sys.stdout.buffer.write(b"\\xff\\n")'), verdict: 'AC' },
  'a checker may say no': { job: job('custom', ALL_IS_GIVEN, 'print("x")'), verdict: 'WA' },
  'a checker that crashes is no verdict': { job: job('custom', 'os.abort()', 'print(1)'), verdict: 'error' },
  'a checker changes no answer': { job: tries('open(sys.argv[2], "w")'), verdict: 'AC' },
  'a checker reads no file of the host': { job: tries('open("/etc/shadow")'), verdict: 'AC' },
  'a checker starts no process': { job: tries('os.fork()'), verdict: 'AC' },
  'an interactor talks': { job: job('interactive', ECHOES, 'input(); print("said")'), verdict: 'AC' },
  'an interactor may say no': { job: job('interactive', ECHOES, 'input(); print("sad")'), verdict: 'WA' },
  'a program sees nothing of the interactor': { job: job('interactive', ECHOES, SEES_NOTHING), verdict: 'AC' },
  'both may wait for ever': {
    job: job('interactive', 'sys.exit(sys.stdin.read() and 42 or 43)', 'input()'),
    verdict: 'TLE',
  },
  'a flood ends': { job: job('interactive', 'time.sleep(60)', 'while True: print("x" * 99)'), verdict: 'error' },
  'an interactor that crashes is no verdict': { job: job('interactive', 'os.abort()', 'input()'), verdict: 'error' },
};
