import type { TestVerdict } from '../../../contract/terms';
import { verdictOf } from '../../../core/verdict';
import type { JudgeEvent, JudgeJob, JudgeTest } from '../../../ports';
import { printable } from '../../printable';
import type { Artifacts } from './artifacts';
import { compile, type Program, SandboxFault } from './compilation';
import { verdictOfRun } from './run-verdict';
import type { RunOutcome, RunRequest } from './sandbox-protocol';
import type { Slots } from './slots';
import type { Tool } from './toolchain';

type Emit = (event: JudgeEvent) => void;

/** What a job is run with. */
export interface Workshop {
  readonly slots: Slots;
  readonly artifacts: Artifacts;
  readonly tools: readonly Tool[];
}

const ERROR_BYTES = 65_536;

function requestOf(program: Program, tool: Tool, job: JudgeJob, test: JudgeTest): RunRequest {
  const { cpuMs, wallMs, memoryKiB, outputBytes, fileBytes } = job.limits;
  return {
    family: tool.recipe.family,
    ...{ cpuMs, wallMs, memoryKiB, outputBytes, fileBytes },
    errorBytes: ERROR_BYTES,
    program: program.artifact,
    name: program.name,
    argv: program.argv,
    input: test.input,
  };
}

/** All tests side by side, as slots come free. Emits what counts and returns the verdict; undefined when aborted. */
async function runTests(
  program: Program,
  tool: Tool,
  job: JudgeJob,
  slots: Slots,
  signal: AbortSignal,
  emit: Emit,
): Promise<TestVerdict | undefined> {
  const verdicts: TestVerdict[] = [];
  const stops = job.tests.map(() => new AbortController());
  let last = job.tests.length - 1;
  const stopAfter = (index: number) => {
    last = Math.min(last, index);
    for (const stop of stops.slice(last + 1)) stop.abort();
  };

  const judgeTest = async (test: JudgeTest, index: number): Promise<void> => {
    const stop = AbortSignal.any([signal, stops[index]!.signal]);
    const outcome = await slots.run(job, requestOf(program, tool, job, test), stop);
    if (signal.aborted || index > last) return;
    if (outcome.reason === 'fault') throw new SandboxFault(outcome.err.toString());
    const accepted = () => test.accepts?.(outcome.out.toString()) ?? true;
    const verdict = verdictOfRun(outcome, job.limits.memoryKiB, accepted);
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
  return signal.aborted ? undefined : verdictOf(verdicts);
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
  const compilation = await compile(tool, job.source, job.limits, artifacts, (request) =>
    slots.run(job, request, signal),
  );
  if (!compilation) {
    emit(CANCELLED);
    return;
  }
  const { program, ...told } = compilation;
  try {
    emit({ type: 'compiled', ok: program !== undefined, ...told });
    if (!program) {
      emit({ type: 'done', verdict: 'CE' });
      return;
    }
    const verdict = await runTests(program, tool, job, slots, signal, emit);
    emit(verdict ? { type: 'done', verdict } : CANCELLED);
  } finally {
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
    emit({ type: 'error', retryable: true, reason: error instanceof Error ? error.message : String(error) });
  }
}
