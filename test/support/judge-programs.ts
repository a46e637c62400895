import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Comparison, Limits, TestVerdict, Verdict } from '../../src/contract/terms';
import { accepts } from '../../src/core/compare';
import type { Judge, JudgeEvent, JudgeJob, JudgeTest } from '../../src/ports';

/*
 * Programs with the verdict each must get: right, wrong, slow, big, broken, hostile. The manifest
 * beside them says what is set up before and checked after. Every engine is held to them.
 */

type Generated = { readonly repeat: string; readonly times: number };

export interface ProgramTest {
  readonly stdin?: string;
  readonly stdinGen?: Generated;
  readonly answer?: string;
  readonly answerGen?: Generated;
}

export interface Program {
  readonly file: string;
  readonly group: string;
  readonly language: string;
  readonly note: string;
  readonly expect: Verdict;
  readonly accept: readonly Verdict[];
  readonly tests: readonly ProgramTest[];
  readonly limits?: Partial<Limits>;
  readonly checker?: string;
  readonly checkerArgs?: { readonly abs: number; readonly rel: number };
  readonly mustNotContain?: readonly string[];
  readonly checks?: readonly string[];
  readonly concurrency?: number;
  readonly sig?: number;
  readonly exit?: number;
}

interface Manifest {
  readonly defaults: { readonly limits: Limits };
  readonly setup: { readonly env: Record<string, string>; readonly files: Record<string, string> };
  readonly programs: readonly Program[];
}

const FOLDER = join(__dirname, '../programs');
export const MANIFEST = JSON.parse(readFileSync(join(FOLDER, 'manifest.json'), 'utf8')) as Manifest;

export const programsOf = (group: string): Program[] => MANIFEST.programs.filter((program) => program.group === group);

const text = (given?: string, generated?: Generated): string =>
  given ?? generated?.repeat.repeat(generated.times) ?? '';

/** How a program's output is held against the answer: by tokens, unless it says otherwise. */
const checkerOf = ({ checker, checkerArgs }: Program): Comparison =>
  checker === 'float' ? { kind: 'float', abs: 0, rel: 0, ...checkerArgs } : { kind: 'tokens' };

/** What hostile programs look for, until a run has a name of its own for it. */
export const CANARY_NAME = 'joust-canary';

/** The job a program makes, its placeholders filled in. */
export function jobOf(program: Program, placeholders: Readonly<Record<string, string>> = {}): JudgeJob {
  const fill = (given: string) =>
    Object.entries(placeholders).reduce((filled, [name, value]) => filled.replaceAll(`{{${name}}}`, value), given);
  const tests: JudgeTest[] = program.tests.map((test) => ({
    input: fill(text(test.stdin, test.stdinGen)),
    accepts: (output) => accepts(checkerOf(program), output, text(test.answer, test.answerGen)),
  }));
  return {
    language: program.language,
    source: readFileSync(join(FOLDER, program.file), 'utf8').replaceAll(
      CANARY_NAME,
      placeholders[CANARY_NAME] ?? CANARY_NAME,
    ),
    tests,
    limits: { ...MANIFEST.defaults.limits, ...program.limits },
    stopEarly: false,
    keepOutput: true,
  };
}

/** A job of one program that reads nothing and may print anything. */
export function simpleJob(language: string, source: string, changes: Partial<JudgeJob> = {}): JudgeJob {
  const { limits } = MANIFEST.defaults;
  return { language, source, tests: [{ input: '' }], limits, stopEarly: false, keepOutput: true, ...changes };
}

export interface Judged {
  readonly verdict: Verdict | 'error';
  readonly events: readonly JudgeEvent[];
  readonly tests: readonly (JudgeEvent & { type: 'test' })[];
  readonly compiled: (JudgeEvent & { type: 'compiled' }) | undefined;
  readonly verdicts: readonly TestVerdict[];
  /** All that anybody may get to see of it. */
  readonly shown: string;
}

const AGAIN_AT_MOST = 10;
const TOO_BUSY = /This host is too busy/;

/** As a worker does it: again, where the host had no processor to spare, which is nobody's verdict. */
export async function judgedInTheEnd(judge: Judge, job: JudgeJob): Promise<Judged> {
  for (let again = 0; ; again += 1) {
    const result = await judged(judge, job);
    const end = result.events.at(-1);
    const isStarved = end?.type === 'error' && end.retryable && TOO_BUSY.test(end.reason);
    if (!isStarved || again === AGAIN_AT_MOST) return result;
  }
}

export async function judged(judge: Judge, job: JudgeJob, signal = new AbortController().signal): Promise<Judged> {
  const events: JudgeEvent[] = [];
  for await (const event of judge.judge(job, signal)) events.push(event);
  const tests = events.filter((event) => event.type === 'test').sort((a, b) => a.index - b.index);
  const compiled = events.find((event) => event.type === 'compiled');
  const end = events.at(-1);
  const verdict = end?.type === 'done' ? end.verdict : 'error';
  const shown = [compiled?.output, ...tests.flatMap(({ stdout, stderr }) => [stdout, stderr])].join('\n');
  return { verdict, events, tests, compiled, verdicts: tests.map((test) => test.verdict), shown };
}
