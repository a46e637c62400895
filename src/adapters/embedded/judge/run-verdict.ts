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
 * What a run failed by, whatever it printed, is the first that holds of: ended by us for a limit, ended
 * by the kernel for one, crashed (out of memory, where the runtime says so and it was near the limit).
 */
export function failureOf(outcome: RunOutcome, memoryLimitKiB: number): TestVerdict | undefined {
  const ended = ENDED_FOR[outcome.reason] ?? ENDED_BY[outcome.signal ?? 0];
  if (ended || outcome.exit === 0) return ended;
  return ranOutOfMemory(outcome.err.toString(), outcome.memoryKiB, memoryLimitKiB) ? 'MLE' : 'RTE';
}
