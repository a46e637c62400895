import { judgeCaseShape, type JudgeCase } from '../contract/judge-file';
import type { Checker } from '../contract/terms';
import { run } from '../judging/attempt';
import { checked } from '../judging/checked';
import { sideBySide } from '../judging/side-by-side';
import type { Judge } from '../ports';
import { type Answer, readCases } from './answer';
import { withWorkingEngine } from './engine';

/** The verdicts on the programs in a file, in its order, found as those on submissions are. */
export async function judge(file: string): Promise<Answer> {
  const cases = await readCases(file, judgeCaseShape);
  return withWorkingEngine(async (engine) => {
    const { slots } = await engine.capabilities();
    return { json: await sideBySide(cases, slots, (one) => judgeCase(engine, one)) };
  });
}

async function judgeCase(engine: Judge, given: JudgeCase): Promise<object> {
  const { language, source, limits } = given;
  const tests = checked(checkerOf(given), given.tests);
  const job = { language, source, ...tests, limits, stopEarly: true, keepOutput: true };
  const outcome = await run(engine, job, new AbortController().signal);
  if ('failed' in outcome) return { verdict: 'JE', compileOutput: '', tests: [], reason: outcome.failed.reason };
  const { verdict, compileOutput, tests: ran } = outcome.judged;
  return { verdict, compileOutput, tests: ran.map(({ index: _, ...result }) => result) };
}

function checkerOf({ checker, checkerArgs }: JudgeCase): Checker {
  if (typeof checker === 'object' && checker !== null) return checker;
  if (checker === 'float') return { kind: 'float', abs: 0, rel: 0, ...checkerArgs };
  return { kind: checker ?? 'tokens' };
}
