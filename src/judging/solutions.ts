import type { LanguageId, Slug, Verdict } from '../contract/terms';
import type { Judge } from '../ports';
import type { ProblemPackage, ProblemSolution } from '../problems/problem-folder';
import { run } from './attempt';
import { checked } from './checked';
import { limitsOf } from './limits';
import { sideBySide } from './side-by-side';

/** What a solution got, beside what it must get. */
export interface SolutionReport {
  readonly problem: Slug;
  readonly solution: string;
  readonly language: LanguageId;
  readonly expected: Verdict;
  readonly verdict: Verdict;
  readonly ok: boolean;
  /** The most that one test took. */
  readonly cpuMs: number;
  readonly memoryKiB: number;
  /** Why the judge came to no verdict, for JE; what the compiler said, for CE. */
  readonly reason?: string;
}

/** Judges all solutions of these problems, as submissions are judged, within the slots of the engine. */
export async function verifySolutions(
  judge: Judge,
  problems: readonly ProblemPackage[],
): Promise<readonly SolutionReport[]> {
  const { slots } = await judge.capabilities();
  const all = problems.flatMap((problem) => problem.solutions.map((solution) => ({ problem, solution })));
  return sideBySide(all, slots, ({ problem, solution }) => verify(judge, problem, solution));
}

async function verify(judge: Judge, problem: ProblemPackage, solution: ProblemSolution): Promise<SolutionReport> {
  const { slug, checker, limits, samples, secrets } = problem;
  const { name, language, source, expected } = solution;
  const tests = [...samples, ...secrets];
  const outcome = await run(
    judge,
    {
      ...{ language, source, stopEarly: true, keepOutput: false, limits: limitsOf(language, { ...limits, tests }) },
      ...checked(checker, tests),
    },
    new AbortController().signal,
  );
  const known = { problem: slug, solution: name, language, expected };
  if ('failed' in outcome) {
    return { ...known, verdict: 'JE', ok: false, cpuMs: 0, memoryKiB: 0, reason: outcome.failed.reason };
  }
  const { verdict, compileOutput, tests: ran } = outcome.judged;
  return {
    ...{ ...known, verdict, ok: verdict === expected },
    cpuMs: Math.round(Math.max(0, ...ran.map(({ cpuMs }) => cpuMs))),
    memoryKiB: Math.max(0, ...ran.map(({ memoryKiB }) => memoryKiB)),
    ...(verdict === 'CE' && { reason: compileOutput }),
  };
}
