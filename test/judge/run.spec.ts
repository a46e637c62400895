import { run } from '../../src/judging/attempt';
import type { JudgeJob } from '../../src/ports';
import { type JudgeUnderTest, startJudge } from '../support/embedded-judge';
import { simpleJob } from '../support/judge-programs';

let under: JudgeUnderTest;
beforeAll(async () => {
  under = await startJudge();
});
afterAll(() => under.stop());

const tests = [true, false, true].map((right) => ({ input: '', accepts: () => right }));

async function verdictsOf(changes: Partial<JudgeJob>): Promise<readonly string[]> {
  const job = simpleJob('python', 'print(1)', { tests, ...changes });
  const outcome = await run(under.judge, job, new AbortController().signal);
  return 'judged' in outcome ? outcome.judged.tests.map(({ verdict }) => verdict) : [];
}

it('a submission is told up to the test it failed, in order', async () => {
  expect(await verdictsOf({ stopEarly: true })).toEqual(['AC', 'WA']);
});

it('a trial is told of every sample, also past one it failed', async () => {
  expect(await verdictsOf({ stopEarly: false })).toEqual(['AC', 'WA', 'AC']);
});
