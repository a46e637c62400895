import type { Verdict } from '../contract/terms';
import type { Judge, JudgeEvent, JudgeJob, TestResult } from '../ports';
import { isTrial, type Job } from '../store/claims';
import type { Judgement } from '../store/job.store';
import type { JudgedProblem } from '../store/problem.store';
import { checked } from './checked';
import { limitsOf } from './limits';

/** What an attempt came to: a verdict, or the reason why there is none. */
export type Outcome<Judged = Judgement> =
  { readonly judged: Judged } | { readonly failed: { readonly reason: string; readonly retryable: boolean } };

/** What an engine found of a program. */
interface Findings {
  readonly verdict: Verdict;
  /** Empty where nothing is compiled. */
  readonly compileOutput: string;
  /** In order; where the job stops early, up to the first that was not accepted. */
  readonly tests: readonly TestResult[];
}

/** The tests a job runs, in order: all of the problem's, its samples only, or one on own input. */
export function testsOf({ id, input }: Job, { tests }: JudgedProblem) {
  if (input !== null) return [{ sample: true, input, answer: null }];
  return isTrial(id) ? tests.filter(({ sample }) => sample) : tests;
}

/** A claimed job as an engine takes it. */
function jobFor(job: Job, problem: JudgedProblem): JudgeJob {
  const { language, source } = job;
  const tests = checked(problem.checker, testsOf(job, problem));
  return {
    language,
    source,
    ...tests,
    limits: limitsOf(language, problem),
    stopEarly: !isTrial(job.id),
    keepOutput: true,
  };
}

/** Judges a claimed job; `onTest` hears how many tests have run. */
export async function attempt(
  judge: Judge,
  job: Job,
  problem: JudgedProblem,
  signal: AbortSignal,
  onTest: (done: number) => void,
): Promise<Outcome> {
  const samples = testsOf(job, problem).map(({ sample }) => sample);
  const outcome = await run(judge, jobFor(job, problem), signal, onTest);
  if ('failed' in outcome) return outcome;
  const tests = outcome.judged.tests.map((test) => ({ ...test, sample: samples[test.index] ?? false }));
  return { judged: { ...outcome.judged, tests } };
}

/** Lets an engine do a job to its end. */
export async function run(
  judge: Judge,
  job: JudgeJob,
  signal: AbortSignal,
  onTest: (done: number) => void = () => undefined,
): Promise<Outcome<Findings>> {
  const tests: TestResult[] = [];
  let compileOutput = '';
  for await (const event of judge.judge(job, signal)) {
    const end = ending(event);
    if (end && 'verdict' in end) return { judged: { verdict: end.verdict, compileOutput, tests: counted(tests, job) } };
    if (end) return { failed: end };
    if (event.type === 'compiled') compileOutput = event.output;
    if (event.type === 'test') {
      const { type: _, ...result } = event;
      tests.push(result);
      onTest(tests.length);
    }
  }
  return { failed: { reason: 'The engine stopped without a word', retryable: true } };
}

function ending(event: JudgeEvent) {
  if (event.type === 'done') return { verdict: event.verdict };
  if (event.type === 'error') return { reason: event.reason, retryable: event.retryable };
  return null;
}

/** In order, and where the job stops early up to the first that failed: what ran beside it does not count. */
function counted(tests: readonly TestResult[], { stopEarly }: JudgeJob): TestResult[] {
  const inOrder = tests.toSorted((a, b) => a.index - b.index);
  const failed = inOrder.findIndex(({ verdict }) => verdict !== 'AC');
  return failed === -1 || !stopEarly ? inOrder : inOrder.slice(0, failed + 1);
}
