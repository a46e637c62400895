import type { CheckerProgram, Limits } from '../../../contract/terms';
import type { JudgeTest } from '../../../ports';
import { printable } from '../../printable';
import { compile, type Program } from './compilation';
import type { BoxFile, RunOutcome, RunRequest } from './sandbox-protocol';
import type { Workshop } from './workshop';

/** A problem's own checker failed: no other attempt will go better, and it is nobody's verdict. */
export class CheckerFault extends Error {}

/** A problem's own checker, ready to run. Whoever has it prepared releases its artifact. */
export interface Checker extends Pick<CheckerProgram, 'kind' | 'convention' | 'args'> {
  readonly program: Program;
}

/** What it may use, whatever the problem grants to others. */
const LIMITS: Limits = {
  cpuMs: 10_000,
  wallMs: 30_000,
  memoryKiB: 1_048_576,
  outputBytes: 2 ** 20,
  fileBytes: 2 ** 24,
  compileCpuMs: 30_000,
  compileWallMs: 90_000,
  compileMemoryKiB: 1_048_576,
};
const ERROR_BYTES = 4096;
const WORDS_KEPT = 300;

/** Compiled once, however many jobs need it. Undefined when aborted. @throws {CheckerFault} where it cannot be */
export async function prepareChecker(
  workshop: Workshop,
  given: CheckerProgram,
  signal: AbortSignal,
): Promise<Checker | undefined> {
  const tool = workshop.tools.find(({ recipe }) => recipe.id === given.language);
  if (!tool)
    throw new CheckerFault(`The problem's checker is written in ${given.language}, which this judge does not know.`);
  const compilation = await compile(tool, { ...given, limits: LIMITS }, workshop, signal);
  if (!compilation) return undefined;
  const { program, output } = compilation;
  if (!program) throw new CheckerFault(`The problem's checker does not compile: ${output.slice(0, WORDS_KEPT)}`);
  return { ...given, program };
}

/** Has a checker look at an output, byte for byte as the program printed it. */
export function checkRequest(checker: Checker, test: JudgeTest, output: Buffer): RunRequest {
  return checker.convention === 'kattis'
    ? { ...requestOf(checker, test, KATTIS), input: output }
    : requestOf(checker, test, ['/box/input', '/box/output', '/box/answer'], [{ name: 'output', content: output }]);
}

/** The empty folder for its feedback, which nobody reads, is its scratch folder. */
const KATTIS = ['/box/input', '/box/answer', '/tmp/'];

/** How long an interactor may outlive a program that has met the wall clock's limit. */
const LAST_WORD_MS = 5_000;
const LEAST_TALK_MS = 1_000;
const TALK_BYTES = 2 ** 25;

/**
 * Has an interactor talk with a program under these limits. Both can use all their CPU time before the
 * program meets the wall clock's limit, so that a slow interactor fails no program.
 */
export function talkRequest(checker: Checker, test: JudgeTest, { cpuMs, wallMs }: Limits): RunRequest {
  const words = checker.convention === 'kattis' ? KATTIS : ['/box/input', '/tmp/output', '/box/answer'];
  return {
    ...requestOf(checker, test, words),
    cpuMs: Math.max(LEAST_TALK_MS, wallMs - 2 * cpuMs),
    ...{ wallMs: wallMs + LAST_WORD_MS, outputBytes: TALK_BYTES },
  };
}

function requestOf(
  { program, args }: Checker,
  { input, answer = '' }: JudgeTest,
  words: readonly string[],
  more: readonly BoxFile[] = [],
): RunRequest {
  const { cpuMs, wallMs, memoryKiB, outputBytes, fileBytes } = LIMITS;
  const { artifact, argv, ...rest } = program;
  return {
    ...{ cpuMs, wallMs, memoryKiB, outputBytes, errorBytes: ERROR_BYTES, fileBytes },
    ...{ ...rest, program: artifact, argv: [...argv, ...words, ...args], input: '' },
    files: [{ name: 'input', content: input }, { name: 'answer', content: answer }, ...more],
  };
}

/** What a checker says by the code it exits with. Whatever is not here, points among it, says nothing in a duel. */
const SAYS: Readonly<Record<CheckerProgram['convention'], Readonly<Record<number, boolean>>>> = {
  // Kattis problem package format, output validators
  kattis: { 42: true, 43: false },
  // testlib.h, resultExitCode: _ok; then _wa, _pe, _dirt and _unexpected_eof. 3 is its _fail.
  testlib: { 0: true, 1: false, 2: false, 4: false, 8: false },
};

/** Whether a checker found the program right; undefined where it said nothing. */
export function opinionOf(convention: CheckerProgram['convention'], { reason, exit }: RunOutcome): boolean | undefined {
  return reason === 'ended' && exit !== null ? SAYS[convention][exit] : undefined;
}

/** What to tell of a checker that said nothing. */
export function faultOf({ reason, exit, signal, err }: RunOutcome): CheckerFault {
  const ended = exit === null ? `was ended by signal ${signal ?? 0}` : `exited with ${exit}, which says nothing`;
  const words = printable(err).trim().slice(0, WORDS_KEPT);
  const how = reason === 'ended' ? ended : `was stopped for its ${reason}`;
  return new CheckerFault(`The problem's checker ${how}${words && `: ${words}`}`);
}
