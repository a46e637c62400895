import type { Checker } from '../contract/terms';
import { accepts } from '../core/compare';
import type { JudgeJob } from '../ports';

interface Case {
  readonly input: string;
  /** `null`: there is none. */
  readonly answer: string | null;
}

/** Tests as an engine takes them, with what tells whether they were passed: our comparison, or the problem's own program. */
export function checked(checker: Checker, cases: readonly Case[]): Pick<JudgeJob, 'tests' | 'checker'> {
  if ('source' in checker) {
    return { checker, tests: cases.map(({ input, answer }) => ({ input, ...(answer !== null && { answer }) })) };
  }
  const tests = cases.map(({ input, answer }) => ({
    input,
    ...(answer !== null && { accepts: (output: string) => accepts(checker, output, answer) }),
  }));
  return { tests };
}
