import type { Limits, TestVerdict } from '../../../contract/terms';
import type { JudgeJob, JudgeTest } from '../../../ports';
import { type Checker, checkRequest, faultOf, opinionOf, talkRequest } from './checker';
import { type Program, SandboxFault } from './compilation';
import { failureOf } from './run-verdict';
import type { RunOutcome, RunRequest } from './sandbox-protocol';
import type { Slots } from './slots';
import { verdictOfTalk } from './talk-verdict';

/** What all tests of a job are run with. */
export interface Bench {
  readonly slots: Slots;
  readonly job: JudgeJob;
  readonly program: Program;
  /** Where the problem brings its own. */
  readonly checker: Checker | undefined;
}

interface TestRun {
  readonly outcome: RunOutcome;
  readonly verdict: TestVerdict;
}

const ERROR_BYTES = 65_536;

function requestOf({ artifact, ...program }: Program, limits: Limits, input: string): RunRequest {
  const { cpuMs, wallMs, memoryKiB, outputBytes, fileBytes } = limits;
  return {
    ...{ cpuMs, wallMs, memoryKiB, outputBytes, errorBytes: ERROR_BYTES, fileBytes },
    ...{ ...program, program: artifact, input },
  };
}

/** Runs a program on a test and finds its verdict. Undefined when aborted; rejects when anything but the program failed. */
export async function runTest(bench: Bench, test: JudgeTest, signal: AbortSignal): Promise<TestRun | undefined> {
  const { slots, job, program, checker } = bench;
  if (checker?.kind === 'interactive') return talk(bench, checker, test, signal);
  const outcome = await slots.run(job, requestOf(program, job.limits, test.input), signal);
  if (signal.aborted) return undefined;
  const failure = failureOf(sound(outcome), job.limits.memoryKiB);
  if (failure) return { outcome, verdict: failure };
  const accepted = await isAccepted(bench, test, outcome.out, signal);
  return accepted === undefined ? undefined : { outcome, verdict: accepted ? 'AC' : 'WA' };
}

/** Neither learns of the test but by what the interactor chooses to say. */
async function talk(
  { slots, job, program }: Bench,
  checker: Checker,
  test: JudgeTest,
  signal: AbortSignal,
): Promise<TestRun | undefined> {
  const { limits } = job;
  const pair = [requestOf(program, limits, ''), talkRequest(checker, test, limits)] as const;
  const [outcome, said] = await slots.runPair(job, pair, signal);
  if (signal.aborted) return undefined;
  return { outcome, verdict: verdictOfTalk(outcome, said, checker, limits.memoryKiB) };
}

/** By the problem's own checker where there is an answer for it, else by our comparison. */
async function isAccepted(
  { slots, checker }: Bench,
  test: JudgeTest,
  output: Buffer,
  signal: AbortSignal,
): Promise<boolean | undefined> {
  if (!checker || test.answer === undefined) return test.accepts?.(output.toString()) ?? true;
  // a line of its own, so that what it says is known before all the other tests have run
  const outcome = await slots.run(checker, checkRequest(checker, test, output), signal);
  if (signal.aborted) return undefined;
  const opinion = opinionOf(checker.convention, sound(outcome));
  if (opinion === undefined) throw faultOf(outcome);
  return opinion;
}

function sound(outcome: RunOutcome): RunOutcome {
  if (outcome.reason === 'fault') throw new SandboxFault(outcome.err.toString());
  return outcome;
}
