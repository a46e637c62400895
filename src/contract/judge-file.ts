import { z } from 'zod';
import { CheckerProgramShape } from './checker-program';
import type { Limits } from './terms';

/** What a program may use where a file does not say. */
const LIMITS: Limits = {
  cpuMs: 1_000,
  wallMs: 3_000,
  memoryKiB: 262_144,
  outputBytes: 65_536,
  fileBytes: 16_777_216,
  compileCpuMs: 10_000,
  compileWallMs: 20_000,
  compileMemoryKiB: 1_048_576,
};
const LONGEST_TEXT = 2 ** 28;

const amount = z.number().positive();
/** A text too long to be written out. */
const repeated = z
  .object({ repeat: z.string(), times: z.int().nonnegative() })
  .refine(({ repeat, times }) => repeat.length * times <= LONGEST_TEXT, 'is longer than 256 MiB')
  .transform(({ repeat, times }) => repeat.repeat(times));

/** One program as `judge FILE` reads it. Keys that are not named here are dropped. */
export const judgeCaseShape = z.object({
  language: z.string(),
  source: z.string(),
  tests: z.array(
    z
      .object({
        stdin: z.string().nullish(),
        stdinGen: repeated.nullish(),
        answer: z.string().nullish(),
        answerGen: repeated.nullish(),
      })
      .transform(({ stdin, stdinGen, answer, answerGen }) => ({
        input: stdin ?? stdinGen ?? '',
        /** `null`: any output is right. */
        answer: answer ?? answerGen ?? null,
      })),
  ),
  limits: z
    .object({
      cpuMs: amount.default(LIMITS.cpuMs),
      wallMs: amount.default(LIMITS.wallMs),
      memoryKiB: amount.default(LIMITS.memoryKiB),
      outputBytes: amount.default(LIMITS.outputBytes),
      fileBytes: amount.default(LIMITS.fileBytes),
      compileCpuMs: amount.default(LIMITS.compileCpuMs),
      compileWallMs: amount.default(LIMITS.compileWallMs),
      compileMemoryKiB: amount.default(LIMITS.compileMemoryKiB),
    })
    .nullish()
    .transform((limits) => limits ?? LIMITS),
  /** By name, or a program of the file's own. */
  checker: z.union([z.enum(['tokens', 'lines', 'exact', 'float']), CheckerProgramShape]).nullish(),
  /** Of the checker `float`. */
  checkerArgs: z
    .object({ abs: z.number().nonnegative().default(0), rel: z.number().nonnegative().default(0) })
    .nullish(),
});

export type JudgeCase = z.infer<typeof judgeCaseShape>;
