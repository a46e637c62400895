import type { CheckerProgram } from '../../src/contract/terms';
import { type JudgeUnderTest, startJudge } from '../support/embedded-judge';
import { judged, simpleJob } from '../support/judge-programs';
import { programsIn } from '../support/processes';

/* Programs of a problem's own that look at an output: what they say, and what they cannot do. */

let under: JudgeUnderTest;
beforeAll(async () => {
  under = await startJudge(2);
});
afterAll(() => under.stop());
afterEach(() => expect(programsIn(under.judge.sandboxPids)).toEqual([]));

const checker = (language: string, source: string, changes: Partial<CheckerProgram> = {}): CheckerProgram => ({
  ...{ kind: 'custom', convention: 'kattis', language, source, includes: [], args: [] },
  ...changes,
});
const python = (source: string, changes?: Partial<CheckerProgram>) =>
  checker('python', `import os, sys\n${source}\n`, changes);
const says = (code: number, convention: CheckerProgram['convention']) =>
  python(`sys.stderr.write("because"); sys.exit(${code})`, { convention });

/** What comes of a program that prints `17 + 4`, checked so. */
async function verdictBy(given: CheckerProgram, source = 'print(17, 4)') {
  const tests = [{ input: 'the input\n', answer: 'the answer\n' }];
  const {
    verdict,
    events,
    tests: ran,
  } = await judged(under.judge, simpleJob('python', source, { tests, checker: given, stopEarly: true }));
  const end = events.at(-1);
  return verdict === 'error' && end?.type === 'error'
    ? { verdict: 'JE', retryable: end.retryable, reason: end.reason, tests: ran.length }
    : { verdict };
}

it.each([
  ['kattis', 42, 'AC'],
  ['kattis', 43, 'WA'],
  ['kattis', 0, 'JE'],
  ['kattis', 1, 'JE'],
  ['testlib', 0, 'AC'],
  ['testlib', 1, 'WA'],
  ['testlib', 2, 'WA'],
  ['testlib', 3, 'JE'],
  ['testlib', 4, 'WA'],
  ['testlib', 7, 'JE'],
  ['testlib', 8, 'WA'],
  ['testlib', 42, 'JE'],
] as const)('of %s that exits with %i makes it %s', async (convention, code, verdict) => {
  const found = await verdictBy(says(code, convention));
  expect(found).toEqual(
    verdict === 'JE'
      ? {
          ...{ verdict, retryable: false, tests: 0 },
          reason: `The problem's checker exited with ${code}, which says nothing: because`,
        }
      : { verdict },
  );
});

it.each<[string, CheckerProgram, string]>([
  ['crashes', checker('c', 'int main(void) { __builtin_trap(); }'), 'was ended by signal'],
  ['does not end', checker('c', 'int main(void) { for (;;); }'), 'was stopped for its cpu'],
  ['needs all memory', python('x = bytearray(2 ** 33)'), 'exited with 1, which says nothing'],
  ['prints without end', python('while True: print("x" * 65536)'), 'was stopped for its output'],
  ['does not compile', checker('c', 'int main(void) {'), 'does not compile'],
  ['is in no language we know', checker('cobol', ''), 'is written in cobol, which this judge does not know'],
])('that %s is our error, whatever the program did', async (_, given, reason) => {
  expect(await verdictBy(given)).toMatchObject({
    ...{ verdict: 'JE', retryable: false },
    reason: expect.stringContaining(`The problem's checker ${reason}`) as string,
  });
});

it('is asked only about programs that ended well', async () => {
  expect(await verdictBy(says(3, 'testlib'), 'raise SystemExit(1)')).toEqual({ verdict: 'RTE' });
});

it('is not asked where there is no answer, as on own input', async () => {
  const job = simpleJob('python', 'print(1)', { tests: [{ input: '' }], checker: says(43, 'kattis') });
  expect((await judged(under.judge, job)).verdict).toBe('AC');
});

const SEEN = `
def content(path): return open(path, "rb").read()
seen = sorted(os.listdir("/box")) + sorted(os.listdir("/tmp")) + sys.argv[1:]
`;

it.each<[CheckerProgram['convention'], string, string[]]>([
  [
    'kattis',
    'sys.stdin.buffer.read()',
    ['answer', 'input', 'main.py', '/box/input', '/box/answer', '/tmp/', 'a', 'b c'],
  ],
  [
    'testlib',
    'content(sys.argv[2])',
    ['answer', 'input', 'main.py', 'output', '/box/input', '/box/output', '/box/answer', 'a', 'b c'],
  ],
])(
  'of %s is given input, output and answer byte for byte, its arguments, and nothing else',
  async (convention, output, seen) => {
    const bytes = '[0, 255, 254, 10, 13, 237, 160, 128, 26]';
    const right = `
given = [content("/box/input"), ${output}, content("/box/answer")]
wanted = ["the input\\n".encode(), bytes(${bytes}) * 5000, "the answer\\n".encode()]
ok = given == wanted and seen == ${JSON.stringify(seen)}
open("/tmp/judgemessage.txt", "w").write("x")
if not ok: sys.exit("saw " + repr(seen))
sys.exit(${convention === 'kattis' ? 42 : 0})`;
    const given = python(SEEN + right, { convention, args: ['a', 'b c'] });
    const prints = `import sys\nsys.stdout.buffer.write(bytes(${bytes}) * 5000)`;
    expect(await verdictBy(given, prints)).toEqual({ verdict: 'AC' });
  },
);

it.each([
  ['change its files', 'open("/box/answer", "a")'],
  ['remove its files', 'os.remove("/box/input")'],
  ['read the users of this host', 'open("/etc/shadow")'],
  ['reach the network', 'import socket; socket.socket()'],
  ['start a process', 'os.fork()'],
  ['see the processes of this host', 'os.listdir("/proc/1")'],
  ['write outside its folder', 'open("/box/x", "w")'],
])('cannot %s', async (_, attempt) => {
  const source = `
try:
    ${attempt}
except (OSError, ImportError):
    sys.exit(42)
sys.exit(43)`;
  expect(await verdictBy(python(source))).toEqual({ verdict: 'AC' });
});

it('includes the files of its problem', async () => {
  const given = checker('cpp', '#include "lib.h"\nint main() { return saying(); }', {
    includes: [{ name: 'lib.h', content: 'int saying() { return 42; }' }],
  });
  expect(await verdictBy(given)).toEqual({ verdict: 'AC' });
  const changed = { ...given, includes: [{ name: 'lib.h', content: 'int saying() { return 43; }' }] };
  expect(await verdictBy(changed)).toEqual({ verdict: 'WA' });
});

it('decides after an earlier test that failed does, and what it fails on later does not count', async () => {
  const tests = ['AC', 'slow WA', 'JE'].map((input) => ({ input, answer: '' }));
  const source = 'import time\nword = input()\nif "slow" in word: time.sleep(0.5)\nprint(word)';
  const given = python(`word = sys.stdin.read(); sys.exit(42 if "AC" in word else 43 if "WA" in word else 1)`);
  const job = simpleJob('python', source, { tests, checker: given, stopEarly: true });
  expect(await judged(under.judge, job)).toMatchObject({ verdict: 'WA', verdicts: ['AC', 'WA'] });
  expect((await judged(under.judge, { ...job, tests: tests.slice(0, 1).concat(tests.slice(2)) })).verdict).toBe(
    'error',
  );
});
