import type { TestVerdict } from '../../../contract/terms';
import { type Checker, faultOf, opinionOf } from './checker';
import { failureOf } from './run-verdict';
import type { RunOutcome } from './sandbox-protocol';

/** Broken after the interactor had found the program right, these count all the same. */
const LIMITS_BROKEN: readonly (TestVerdict | undefined)[] = ['TLE', 'MLE', 'OLE'];

/**
 * What comes of a program and the interactor it talked with. As in Kattis' problemtools, whoever ended
 * first decides what the other's end means:
 *
 * - the interactor first: what it said counts, and a crash of a program with nobody left to talk to does
 *   not; where it said right, the program must still keep its limits;
 * - the program first: its own failure counts, for the interactor may then say anything; else what the
 *   interactor says.
 *
 * @throws {CheckerFault} for an interactor that had to be ended, or said nothing where it decides
 */
export function verdictOfTalk(
  program: RunOutcome,
  interactor: RunOutcome,
  { convention }: Pick<Checker, 'convention'>,
  memoryLimitKiB: number,
): TestVerdict {
  const failure = failureOf(program, memoryLimitKiB);
  if (interactor.reason !== 'ended') throw faultOf(interactor);
  const isFirst = interactor.wallMs < program.wallMs;
  if (!isFirst && failure) return failure;
  const opinion = opinionOf(convention, interactor);
  if (opinion === undefined) throw faultOf(interactor);
  if (!opinion) return 'WA';
  return failure && LIMITS_BROKEN.includes(failure) ? failure : 'AC';
}
