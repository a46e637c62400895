import { constants } from 'node:os';
import type { TestVerdict } from '../../../contract/terms';
import { ranOutOfMemory } from '../../out-of-memory';
import type { Reason, RunOutcome } from './sandbox-protocol';

/** What it costs a program to be ended by us. */
const ENDED_FOR: Partial<Record<Reason, TestVerdict>> = { output: 'OLE', memory: 'MLE', cpu: 'TLE', wall: 'TLE' };
/** What it costs to run into a limit the kernel keeps. */
const ENDED_BY: Partial<Record<number, TestVerdict>> = {
  [constants.signals.SIGXFSZ]: 'OLE',
  [constants.signals.SIGXCPU]: 'TLE',
};

/**
 * A test's verdict is the first that holds of: ended by us for a limit, ended by the kernel for one,
 * failed (out of memory, where the runtime says so and the program was near the limit), wrong, accepted.
 */
export function verdictOfRun(outcome: RunOutcome, memoryLimitKiB: number, accepted: () => boolean): TestVerdict {
  const ended = ENDED_FOR[outcome.reason] ?? ENDED_BY[outcome.signal ?? 0];
  if (ended) return ended;
  if (outcome.exit !== 0) {
    return ranOutOfMemory(outcome.err.toString(), outcome.memoryKiB, memoryLimitKiB) ? 'MLE' : 'RTE';
  }
  return accepted() ? 'AC' : 'WA';
}
