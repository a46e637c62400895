import { z } from 'zod';
import { endOf, hasEnded, verdictOfRun } from '../../src/adapters/judge0/run-verdict';
import { runShape, type Judge0Config } from '../../src/adapters/judge0/shapes';
import { grantedLimits, shortOf } from '../../src/adapters/judge0/submission';
import type { Verdict } from '../../src/contract/terms';
import { accepts } from '../../src/core/compare';
import { endpoints, RECORDED_RUNS, rubyBase64, type RecordedRun } from '../support/judge0-recordings';

/* What a real Judge0 said of a run, and what that is among us. */

/** By the beginning of a recording's name; the longest that fits counts. */
const EXPECTED: Readonly<Record<string, Verdict>> = {
  ...{ ac: 'AC', wa: 'WA', ce: 'CE', tle: 'TLE', mle: 'MLE', re: 'RTE', 'out-huge': 'OLE', 'internal-error': 'JE' },
  // Its own comparison calls this one wrong: it holds no output against an empty answer.
  'empty-expected': 'AC',
  'newline-expected-empty-output': 'AC',
  // A warning is no error.
  'ce-c-warning-only': 'AC',
  // An interpreter that cannot read the program fails as it runs.
  ...{ 're-python-syntax': 'RTE', 'base64-plain-by-mistake': 'RTE', 'base64-urlsafe': 'RTE' },
  // Files end input() at once; what prints for ever is ended by its output.
  ...{ 'tle-waits-for-stdin': 'RTE', 'tle-infinite-output': 'OLE' },
  // Memory that is not touched is not used.
  'mle-c-malloc-null': 'AC',
  'memory-too-small': 'MLE',
  ...{
    'fork-bomb-c': 'TLE',
    'no-cgroup-fork-bomb': 'TLE',
    'command-line-arguments': 'RTE',
    'command-line-arguments-plain': 'AC',
  },
  // Node reserves more address space than there is: why it is not offered without cgroups.
  'no-cgroup-workaround-node': 'RTE',
};

const decoded = (text: string | null): string | null => (text === null ? null : Buffer.from(text, 'base64').toString());

function verdictOfRecorded({ memory_limit, max_file_size, expected_output, answer }: RecordedRun): Verdict {
  const run = runShape.parse(answer);
  const granted = { memory_limit, max_file_size };
  const expected = decoded(expected_output);
  const isRight = (output: string) => expected === null || accepts({ kind: 'lines' }, output, expected);
  return verdictOfRun(run, granted, { outputBytes: max_file_size * 1024 }, isRight);
}

const named = RECORDED_RUNS.map((run) => ({ ...run, title: `${run.name}${run.note && `: ${run.note}`}` }));
const expectation = ({ name }: RecordedRun): Verdict | undefined =>
  Object.entries(EXPECTED)
    .filter(([beginning]) => name.startsWith(beginning))
    .toSorted(([a], [b]) => b.length - a.length)[0]?.[1];
const told = named.filter((run) => expectation(run) !== undefined);
const others = named.filter((run) => expectation(run) === undefined);

describe('a recorded run', () => {
  it.each(told)('$title', (run) => {
    expect(verdictOfRecorded(run)).toBe(expectation(run));
  });

  it.each(others)('$title, on whose verdict Judge0 and we agree', (run) => {
    const theirs = { 3: 'AC', 4: 'WA' }[run.answer['status_id'] as number];
    expect(theirs).toBeDefined();
    expect(verdictOfRecorded(run)).toBe(theirs);
  });
});

describe('a state of Judge0', () => {
  const states = z.array(z.object({ id: z.number(), description: z.string() })).parse(endpoints['/statuses'].body);
  const run = (status_id: number, more: object = {}) => {
    const nothing = { time: null, wall_time: null, memory: null, exit_code: null, exit_signal: null };
    const texts = { stdout: null, stderr: null, compile_output: null, message: null };
    const answer = { ...nothing, ...texts, status_id, ...more };
    return { name: '', note: '', memory_limit: 1000, max_file_size: 1, expected_output: null, answer };
  };

  it.each(states)('$id ($description) is a verdict, a failure of its own, or no end yet', ({ id, description }) => {
    expect(hasEnded(id)).toBe(!['In Queue', 'Processing'].includes(description));
    if (!hasEnded(id)) return;
    const failed = description.startsWith('Runtime') ? 'RTE' : 'JE';
    const known: Readonly<Record<string, Verdict>> = {
      Accepted: 'AC',
      'Wrong Answer': 'AC',
      'Time Limit Exceeded': 'TLE',
      'Compilation Error': 'CE',
    };
    expect(verdictOfRecorded(run(id))).toBe(known[description] ?? failed);
  });

  it('that nobody knows is a failure of its own', () => {
    expect(verdictOfRecorded(run(15))).toBe('JE');
    expect(verdictOfRecorded(run(0))).toBe('JE');
  });

  it('of a program that killed itself is no lack of memory', () => {
    expect(verdictOfRecorded(run(11, { exit_code: 137, memory: 940 }))).toBe('RTE');
    expect(verdictOfRecorded(run(11, { exit_code: 137, memory: 950 }))).toBe('MLE');
  });

  it('of a program that printed more than it might is too much output, however it ended', () => {
    const much = rubyBase64(Buffer.alloc(1025, 'x'));
    for (const status of [3, 7, 11, 12]) expect(verdictOfRecorded(run(status, { stdout: much }))).toBe('OLE');
    expect(verdictOfRecorded(run(3, { stdout: rubyBase64(Buffer.alloc(1024, 'x')) }))).toBe('AC');
    expect(verdictOfRecorded(run(5, { stdout: much }))).toBe('TLE');
  });

  it.each([
    [{ exit_code: 0 }, { exit: 0, signal: null }],
    [{ exit_code: 42 }, { exit: 42, signal: null }],
    [{ exit_code: 139 }, { exit: null, signal: 11 }],
    [{ exit_code: 255 }, { exit: 255, signal: null }],
    [
      { exit_code: null, exit_signal: 6 },
      { exit: null, signal: 6 },
    ],
    [{ exit_code: null }, { exit: null, signal: null }],
  ])('tells how a program ended: %j', (given, expected) => {
    const parsed = runShape.parse(run(11, given).answer);
    expect(endOf(parsed)).toEqual(expected);
  });
});

describe('a verdict that a smaller limit may have brought about', () => {
  const compile = { compileCpuMs: 10_000, compileWallMs: 20_000, compileMemoryKiB: 2 ** 20 };
  const limits = {
    ...compile,
    cpuMs: 2_000,
    wallMs: 8_000,
    memoryKiB: 262_144,
    outputBytes: 2 ** 20,
    fileBytes: 2 ** 20,
  };
  const config = {
    ...{ max_cpu_time_limit: 15, max_wall_time_limit: 20, max_memory_limit: 512_000, max_stack_limit: 128_000 },
    ...{ max_max_file_size: 4_096, max_queue_size: 100, max_submission_batch_size: 20 },
  } as Judge0Config;
  const at = (verdict: Verdict, less: Partial<Judge0Config>) =>
    shortOf(verdict, limits, grantedLimits(limits, { ...config, ...less }));

  test.each<[Verdict, Partial<Judge0Config>, RegExp | null]>([
    ['TLE', {}, null],
    ['MLE', {}, null],
    ['OLE', {}, null],
    ['RTE', {}, null],
    ['TLE', { max_cpu_time_limit: 1 }, /MAX_CPU_TIME_LIMIT there from 1 to 2\./],
    ['TLE', { max_wall_time_limit: 5 }, /MAX_WALL_TIME_LIMIT there from 5 to 8\./],
    ['MLE', { max_memory_limit: 128_000 }, /MAX_MEMORY_LIMIT there from 128000 to 262144\./],
    ['RTE', { max_memory_limit: 128_000 }, /MAX_MEMORY_LIMIT/],
    ['OLE', { max_max_file_size: 512 }, /MAX_MAX_FILE_SIZE there from 512 to 1025\./],
    ['AC', { max_cpu_time_limit: 1, max_memory_limit: 128_000 }, null],
    ['WA', { max_cpu_time_limit: 1, max_memory_limit: 128_000 }, null],
    ['CE', { max_cpu_time_limit: 1 }, null],
    ['TLE', { max_memory_limit: 128_000 }, null],
  ])('%s where Judge0 has %j', (verdict, less, says) => {
    if (says === null) expect(at(verdict, less)).toBeNull();
    else expect(at(verdict, less)).toMatch(says);
  });
});
