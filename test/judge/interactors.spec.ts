import type { CheckerProgram } from '../../src/contract/terms';
import type { JudgeJob } from '../../src/ports';
import { type JudgeUnderTest, startJudge } from '../support/embedded-judge';
import { eventually } from '../support/eventually';
import { judged, simpleJob } from '../support/judge-programs';
import { programsIn } from '../support/processes';

/* Programs that talk with an interactor: whatever either does, both end, and each pays for its own. */

let under: JudgeUnderTest;
beforeAll(async () => {
  under = await startJudge(2);
});
afterAll(() => under.stop());
afterEach(() => expect(programsIn(under.judge.sandboxPids)).toEqual([]));

const LIMITS = { cpuMs: 500, wallMs: 1_500, outputBytes: 2 ** 20 };
const interactor = (source: string, changes: Partial<CheckerProgram> = {}): CheckerProgram => ({
  ...{ kind: 'interactive', convention: 'kattis', language: 'python', includes: [], args: [] },
  source: `import os, sys, time\nsecret = open(sys.argv[1]).read().strip()\n${source}\n`,
  ...changes,
});
/** Doubles numbers until it is told the secret. */
const DOUBLES = interactor(`
for line in sys.stdin:
    if line.strip() == secret: sys.exit(42)
    try: print(2 * int(line), flush=True)
    except ValueError: sys.exit(43)
sys.exit(43)`);
const KEEPS_LISTENING = interactor('sys.exit(42 if secret in sys.stdin.read() else 43)');
const RIGHT_AT_ONCE = interactor('sys.exit(42)');
const WRONG_AT_ONCE = interactor('sys.exit(43)');

function talk(checker: CheckerProgram, source: string, changes: Partial<JudgeJob> = {}) {
  const tests = [{ input: 'opensesame\n', answer: 'the answer\n' }];
  const job = simpleJob('python', `import sys, time\n${source}\n`, { tests, checker, stopEarly: true, ...changes });
  return judged(under.judge, { ...job, limits: { ...job.limits, ...LIMITS, ...changes.limits } });
}

async function verdictOf(checker: CheckerProgram, source: string) {
  const { verdict, events } = await talk(checker, source);
  const end = events.at(-1);
  return verdict === 'error' && end?.type === 'error' ? `JE ${end.retryable ? 'again' : end.reason}` : verdict;
}

it.each<[string, CheckerProgram, string, string]>([
  [
    'talks to a right end',
    DOUBLES,
    'x = 1\nwhile x < 1000:\n    print(x, flush=True); x = int(input())\nprint("opensesame")',
    'AC',
  ],
  ['gets it wrong', DOUBLES, 'print("openrice")', 'WA'],
  ['says nothing and leaves', DOUBLES, '', 'WA'],
  ['leaves in the middle', DOUBLES, 'print(1, flush=True); input()', 'WA'],
  ['crashes in the middle', DOUBLES, 'print(1, flush=True); input(); sys.exit(1)', 'RTE'],
  ['crashes when told that it is wrong', WRONG_AT_ONCE, 'input()', 'WA'],
  ['writes on when told that it is wrong', WRONG_AT_ONCE, 'while True: print(1, flush=True); time.sleep(0.01)', 'WA'],
  ['waits for ever, as does the interactor', DOUBLES, 'input()', 'TLE'],
  ['forgets to flush', DOUBLES, 'print(1); sys.stdin.readline()', 'TLE'],
  ['waits for ever in spite of the end', RIGHT_AT_ONCE, 'time.sleep(60)', 'TLE'],
  ['burns time while it waits', DOUBLES, 'while True: pass', 'TLE'],
  ['takes all memory', DOUBLES, 'x = []\nwhile True: x.append(bytearray(2 ** 20))', 'MLE'],
  ['floods an interactor that listens', KEEPS_LISTENING, 'while True: print("x" * 1000)', 'OLE'],
  [
    'floods an interactor that does not listen',
    interactor('sys.stdin.readline(); time.sleep(1); sys.exit(43)'),
    'while True: print("x" * 1000)',
    'WA',
  ],
  ['prints after the end', RIGHT_AT_ONCE, 'time.sleep(0.3)\nfor x in range(1000): print(x, flush=True)', 'AC'],
  ['floods after the end', RIGHT_AT_ONCE, 'time.sleep(0.3)\nwhile True: print("x" * 1000)', 'OLE'],
  ['crashes after the end', RIGHT_AT_ONCE, 'input()', 'AC'],
  ['closes its stdout', DOUBLES, 'import os; os.close(1)', 'WA'],
  ['closes its stdin', DOUBLES, 'import os; os.close(0); print("opensesame")', 'AC'],
  ['closes all it has', DOUBLES, 'import os\nfor fd in range(3): os.close(fd)\nos._exit(0)', 'WA'],
  [
    'leaves much unread',
    interactor('sys.stdout.write("x" * 10 ** 6); sys.stdout.flush(); sys.exit(42)'),
    'print("done")',
    'AC',
  ],
])('a program that %s gets its verdict', async (_, checker, source, verdict) => {
  expect(await verdictOf(checker, source)).toBe(verdict);
});

it.each<[string, CheckerProgram, string, RegExp]>([
  ['crashes', interactor('os.abort()'), 'input()', /was ended by signal 6/],
  ['crashes when the program has left', interactor('sys.stdin.read(); sys.exit(1)'), '', /exited with 1/],
  ['exits with nothing said', interactor('sys.exit(0)'), 'input()', /exited with 0/],
  ['hangs, whatever it hears', interactor('time.sleep(60)'), 'input()', /was stopped for its wall/],
  ['burns time', interactor('while True: pass'), 'input()', /was stopped for its cpu/],
  ['prints without end', interactor('while True: print("x" * 10 ** 6)'), 'for line in sys.stdin: pass', /its output/],
  ['does not compile', interactor('', { language: 'c' }), '', /does not compile/],
])('an interactor that %s is our error', async (_, checker, source, reason) => {
  expect(await verdictOf(checker, source)).toMatch(new RegExp(`^JE The problem's checker .*${reason.source}`));
});

it.each([
  [0, 'AC'],
  [1, 'WA'],
  [2, 'WA'],
  [3, 'JE'],
] as const)('hears of a testlib interactor that exits with %i', async (code, verdict) => {
  const given = interactor(
    `if sys.argv[2:] != ["/tmp/output", "/box/answer", "x"]: sys.exit(9)
open(sys.argv[2], "w").write("kept")
sys.exit(${code})`,
    { convention: 'testlib', args: ['x'] },
  );
  expect((await verdictOf(given, '')).slice(0, 2)).toBe(verdict);
});

it('gives the answer and an own input to the interactor, and nothing of them to the program', async () => {
  const reads = interactor(`
answer = open(sys.argv[2]).read()
print(sys.stdin.readline() == "None\\n" and repr((secret, answer)), flush=True)
sys.exit(42)`);
  const source = `
import os
print("None" if os.listdir("/box") == ["main.py"] and not os.listdir("/tmp") else "some", flush=True)
print(input())`;
  expect((await talk(reads, source)).tests[0]).toMatchObject({
    verdict: 'AC',
    stdout: "None\n('opensesame', 'the answer\\n')\n",
  });
  const own = { tests: [{ input: 'mine' }] };
  expect((await talk(reads, source, own)).tests[0]).toMatchObject({ verdict: 'AC', stdout: "None\n('mine', '')\n" });
});

it('measures the program, not whom it talks with', async () => {
  const slow = interactor(
    'x = bytearray(200 * 2 ** 20)\nfor i in range(4_000_000): pass\nprint(1, flush=True); sys.exit(42)',
  );
  const { tests } = await talk(slow, 'input()');
  expect(tests[0]!.verdict).toBe('AC');
  expect(tests[0]!.memoryKiB).toBeLessThan(100 * 1024);
  expect(tests[0]!.cpuMs).toBeLessThan(tests[0]!.wallMs / 2);
});

it('ends both at once when asked to', async () => {
  const abort = new AbortController();
  const tests = [{ input: '' }];
  const job = simpleJob('python', 'input()', { tests, checker: interactor('sys.stdin.read(); sys.exit(43)') });
  const run = judged(under.judge, job, abort.signal);
  await eventually('both run', () => programsIn(under.judge.sandboxPids).length === 2);
  abort.abort();
  expect((await run).events.at(-1)).toMatchObject({ type: 'error', retryable: true });
  expect(programsIn(under.judge.sandboxPids)).toEqual([]);
  expect(await verdictOf(RIGHT_AT_ONCE, '')).toBe('AC');
});

it('says which of two that end at the same time ended first', async () => {
  const verdicts = await Promise.all(Array.from({ length: 60 }, () => verdictOf(WRONG_AT_ONCE, 'input()')));
  expect(new Set(verdicts)).toEqual(new Set(['WA']));
  const crashes = interactor('sys.stdin.read(); sys.exit(43)');
  const others = await Promise.all(Array.from({ length: 60 }, () => verdictOf(crashes, 'sys.exit(1)')));
  expect(new Set(others)).toEqual(new Set(['RTE']));
});
