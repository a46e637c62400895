import { constants } from 'node:os';
import type { Limits, Verdict } from '../../contract/terms';
import { ranOutOfMemory } from '../out-of-memory';
import type { Judge0Run } from './shapes';
import type { GrantedLimits } from './submission';

/** Judge0's own numbers. From 7 to 12 all say that a run failed; which of them says little, for a shell stands between. */
const STATUS = { inQueue: 1, processing: 2, accepted: 3, wrongAnswer: 4, tooSlow: 5, notCompiled: 6 } as const;
const FAILED = { first: 7, last: 12 } as const;

/** What a shell adds to the signal that ended its child. */
const ENDED_BY_SIGNAL = 128;
const LAST_SIGNAL = 64;
/** A kill within this share of the limit is the memory limit's; a program that kills itself is smaller. */
const AT_THE_LIMIT = 0.95;

type Granted = Pick<GrantedLimits, 'memory_limit' | 'max_file_size'>;

export const hasEnded = (status: number): boolean => status !== STATUS.inQueue && status !== STATUS.processing;

/** The signal that ended a run, or the code it ended with. */
export function endOf({ exit_code, exit_signal }: Judge0Run): { exit: number | null; signal: number | null } {
  const signal = exit_signal ?? (exit_code ?? 0) - ENDED_BY_SIGNAL;
  return signal > 0 && signal <= LAST_SIGNAL ? { exit: null, signal } : { exit: exit_code, signal: null };
}

/**
 * What a run comes to is the first that holds of: not compiled; too slow; too much output; failed (out
 * of memory, where it was killed at its limit or its runtime says so); wrong; accepted. JE stands for
 * all else that Judge0 may say, its own failures among them.
 */
export function verdictOfRun(
  run: Judge0Run,
  granted: Granted,
  { outputBytes }: Pick<Limits, 'outputBytes'>,
  accepted: (output: string) => boolean,
): Verdict {
  const { status_id: status, stdout } = run;
  const failed = status >= FAILED.first && status <= FAILED.last;
  if (status === STATUS.notCompiled) return 'CE';
  if (status === STATUS.tooSlow) return 'TLE';
  if (!failed && status !== STATUS.accepted && status !== STATUS.wrongAnswer) return 'JE';
  if (stdout.length > outputBytes) return 'OLE';
  if (failed) return failureOf(run, granted);
  return accepted(stdout.toString()) ? 'AC' : 'WA';
}

function failureOf(run: Judge0Run, granted: Granted): Verdict {
  const { signal } = endOf(run);
  const memory = run.memory ?? 0;
  if (signal === constants.signals.SIGXFSZ || run.stdout.length >= granted.max_file_size * 1024) return 'OLE';
  if (signal === constants.signals.SIGKILL && memory >= AT_THE_LIMIT * granted.memory_limit) return 'MLE';
  return ranOutOfMemory(run.stderr.toString(), memory, granted.memory_limit) ? 'MLE' : 'RTE';
}
