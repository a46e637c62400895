import type { TestVerdict } from '../contract/terms';

/** A submission earns the verdict of its first test case, in order, that was not accepted. */
export function verdictOf(runs: readonly TestVerdict[]): TestVerdict {
  return runs.find((verdict) => verdict !== 'AC') ?? 'AC';
}
