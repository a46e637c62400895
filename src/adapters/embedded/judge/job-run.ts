import type { TestVerdict } from '../../../contract/terms';
import { verdictOf } from '../../../core/verdict';
import type { JudgeEvent, JudgeJob, JudgeTest } from '../../../ports';
import { printable } from '../../printable';
import { type Checker, CheckerFault, prepareChecker } from './checker';
import { compile } from './compilation';
import type { RunOutcome } from './sandbox-protocol';
import { type Bench, runTest } from './test-run';
import type { Tool } from './toolchain';
import type { Workshop } from './workshop';

type Emit = (event: JudgeEvent) => void;

/** All tests side by side, as slots come free. Emits what counts and returns the verdict; undefined when aborted. */
async function runTests(bench: Bench, signal: AbortSignal, emit: Emit): Promise<TestVerdict | undefined> {
  const { job } = bench;
  const verdicts: TestVerdict[] = [];
  const stops = job.tests.map(() => new AbortController());
  let last = job.tests.length - 1;
  const stopAfter = (index: number) => {
    last = Math.min(last, index);
    for (const stop of stops.slice(last + 1)) stop.abort();
  };

  let fault: { readonly index: number; readonly error: CheckerFault } | undefined;

  const judgeTest = async (test: JudgeTest, index: number): Promise<void> => {
    const stop = AbortSignal.any([signal, stops[index]!.signal]);
    const ran = await runTest(bench, test, stop).catch((error: unknown) => {
      if (!(error instanceof CheckerFault) || !job.stopEarly) throw error;
      // an earlier test may still be the one that counts
      fault = { index, error };
      stopAfter(index);
    });
    if (!ran) return;
    const { outcome, verdict } = ran;
    verdicts[index] = verdict;
    if (verdict !== 'AC' && job.stopEarly) stopAfter(index);
    emit({ type: 'test', index, verdict, ...measured(outcome), ...(job.keepOutput ? printed(outcome) : {}) });
  };

  const runs = job.tests.map((test, index) => judgeTest(test, index));
  try {
    await Promise.all(runs);
  } catch (error) {
    stopAfter(-1);
    await Promise.allSettled(runs);
    throw error;
  }
  if (signal.aborted) return undefined;
  if (fault && fault.index <= last) throw fault.error;
  return verdictOf(verdicts);
}

function measured({ cpuMs, wallMs, memoryKiB, exit, signal }: RunOutcome) {
  return { cpuMs, wallMs, memoryKiB, exit, signal };
}

function printed({ out, err }: RunOutcome) {
  return { stdout: printable(out), stderr: printable(err) };
}

const CANCELLED: JudgeEvent = { type: 'error', retryable: true, reason: 'The run was cancelled.' };

async function compileAndRun(workshop: Workshop, tool: Tool, job: JudgeJob, signal: AbortSignal, emit: Emit) {
  const { slots, artifacts } = workshop;
  emit({ type: 'compiling' });
  const compilation = await compile(tool, job, workshop, signal);
  if (!compilation) {
    emit(CANCELLED);
    return;
  }
  const { program, ...told } = compilation;
  let checker: Checker | undefined;
  try {
    emit({ type: 'compiled', ok: program !== undefined, ...told });
    if (!program) {
      emit({ type: 'done', verdict: 'CE' });
      return;
    }
    if (job.checker) checker = await prepareChecker(workshop, job.checker, signal);
    const verdict = signal.aborted ? undefined : await runTests({ slots, job, program, checker }, signal, emit);
    emit(verdict ? { type: 'done', verdict } : CANCELLED);
  } finally {
    if (checker) artifacts.release(checker.program.artifact);
    if (program) artifacts.release(program.artifact);
  }
}

/** Never rejects: whatever fails here is an error event, and so never a player's verdict. */
export async function runJob(workshop: Workshop, job: JudgeJob, signal: AbortSignal, emit: Emit): Promise<void> {
  const tool = workshop.tools.find(({ recipe }) => recipe.id === job.language);
  if (!tool) {
    emit({ type: 'error', retryable: false, reason: `This judge does not know ${job.language}.` });
    return;
  }
  try {
    await compileAndRun(workshop, tool, job, signal, emit);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    emit({ type: 'error', retryable: !(error instanceof CheckerFault), reason });
  }
}
