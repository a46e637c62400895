import { z } from 'zod';
import { endOf, hasEnded, verdictOfRun } from '../../src/adapters/judge0/run-verdict';
import { runShape } from '../../src/adapters/judge0/shapes';
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
