import type { TestVerdict } from '../../contract/terms';
import { verdictOf } from '../../core/verdict';
import type { JudgeEvent, JudgeJob, JudgeTest } from '../../ports';
import { printable } from '../printable';
import { Fault } from './api';
import { runBatch, type BatchOptions } from './batch-run';
import type { Found } from './examination';
import type { OfferedLanguage } from './languages';
import { endOf, verdictOfRun } from './run-verdict';
import type { Judge0Config, Judge0Run } from './shapes';
import { grantedLimits, shortOf, submissionOf, type GrantedLimits, type SubmissionSettings } from './submission';

/** How many tests go first where one that fails ends it: each compiles again, and most that fail, fail early. */
const FIRST_WAVES = [1, 4] as const;

/** They need a box that shows them the test, of which Judge0 has none. */
const NO_CHECKERS =
  "This problem has a checker of its own, which Judge0 cannot run: have it judged by Joust's own engine, without JUDGE0_URL.";

interface JobRunOptions extends BatchOptions {
  readonly found: Found;
  readonly settings: SubmissionSettings;
  /** How many jobs there may be at a time. Together they leave room in Judge0's queue. */
  readonly slots: number;
}

type Numbered = JudgeTest & { readonly index: number };

/** Has Judge0 do a job. @throws {Outage}; {Fault} when Judge0 failed, which is never a player's verdict */
export async function* runJob(job: JudgeJob, options: JobRunOptions): AsyncGenerator<JudgeEvent> {
  const { config, languages } = options.found;
  const language = languages.find(({ id }) => id === job.language);
  if (!language) {
    yield { type: 'error', retryable: false, reason: `This judge does not know ${job.language}.` };
    return;
  }
  if (job.checker) {
    yield { type: 'error', retryable: false, reason: NO_CHECKERS };
    return;
  }
  const granted = grantedLimits(job.limits, config);
  yield { type: 'compiling' };
  const verdicts: TestVerdict[] = [];
  let compiled = false;
  for (const wave of wavesOf(job, config, options.slots)) {
    for await (const { index, run, verdict } of runWave(wave, job, language, granted, options)) {
      if (verdict === 'JE' || (verdict === 'CE' && compiled)) throw new Fault(failure(run));
      const short = shortOf(verdict, job.limits, granted);
      if (short !== null) {
        yield { type: 'error', retryable: false, reason: short };
        return;
      }
      if (!compiled) yield compilation(run, verdict !== 'CE');
      compiled = true;
      if (verdict === 'CE') {
        yield { type: 'done', verdict };
        return;
      }
      if (job.tests.length === 0) break;
      verdicts[index] = verdict;
      yield { type: 'test', index, verdict, ...measured(run), ...(job.keepOutput && printed(run)) };
    }
    if (job.stopEarly && verdictOf(verdicts) !== 'AC') break;
  }
  yield { type: 'done', verdict: verdictOf(verdicts) };
}

/**
 * All at once where all must run; else a few first. No wave is more than a batch, nor than this job's
 * share of the queue. A job without tests runs once all the same: that alone shows whether it compiles.
 */
function wavesOf({ tests, stopEarly }: JudgeJob, config: Judge0Config, slots: number): Numbered[][] {
  const share = Math.floor(config.max_queue_size / slots);
  const most = Math.max(1, Math.min(config.max_submission_batch_size, share));
  const waves: Numbered[][] = [];
  const left: Numbered[] = (tests.length > 0 ? tests : [{ input: '' }]).map((test, index) => ({ ...test, index }));
  while (left.length > 0) waves.push(left.splice(0, Math.min(most, (stopEarly && FIRST_WAVES[waves.length]) || most)));
  return waves;
}

/** The runs of a wave as they end; where the job stops early, until no earlier test is left that could change the verdict. */
async function* runWave(
  wave: readonly Numbered[],
  job: JudgeJob,
  language: OfferedLanguage,
  granted: GrantedLimits,
  options: JobRunOptions,
) {
  const submissions = wave.map(({ input }) => submissionOf(language, job.source, input, granted, options.settings));
  const waiting = new Set(wave.map(({ index }) => index));
  let last = Infinity;
  for await (const { at, run } of runBatch(submissions, options)) {
    const { index, accepts = () => true } = wave[at]!;
    waiting.delete(index);
    if (index > last) continue;
    const verdict = verdictOfRun(run, granted, job.limits, accepts);
    yield { index, run, verdict };
    if (job.stopEarly && verdict !== 'AC') last = index;
    if (![...waiting].some((other) => other < last)) return;
  }
}

const failure = ({ status_id, message }: Judge0Run): string =>
  `Judge0 failed to run it: state ${status_id}, ${message.toString().slice(0, 300) || 'without a word'}`;

/** Judge0 compiles anew for every test, and does not say how long it took. */
function compilation(run: Judge0Run, ok: boolean): JudgeEvent {
  return { type: 'compiled', ok, output: printable(run.compile_output), cpuMs: 0, cached: false };
}

function measured(run: Judge0Run) {
  return { cpuMs: run.time, wallMs: run.wall_time, memoryKiB: run.memory ?? 0, ...endOf(run) };
}

function printed({ stdout, stderr }: Judge0Run) {
  return { stdout: printable(stdout), stderr: printable(stderr) };
}
