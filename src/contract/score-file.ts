import { z } from 'zod';
import { VERDICTS, type Verdict } from './terms';

const VERDICT_CODES = Object.keys(VERDICTS) as Verdict[];

/**
 * One contest as `score FILE` reads it. `…Ms` and `…Min` are contest time, in milliseconds and
 * minutes from the start, but for `atMs` and `removed`, which are what a clock on the wall says.
 * Keys that are not named here are dropped.
 */
export const scoreCaseShape = z.object({
  contest: z
    .object({
      durationMin: z.number().nonnegative().nullish(),
      durationMs: z.number().nonnegative().nullish(),
      penaltyMin: z.number().nonnegative(),
      /** The minute the freeze starts. */
      freezeMin: z.number().nonnegative().nullish(),
      /** Revealed: the freeze hides nothing any more. */
      thawed: z.boolean().nullish(),
    })
    .refine(({ durationMin, durationMs }) => (durationMin ?? durationMs ?? null) !== null, {
      message: 'needs durationMin or durationMs',
    }),
  teams: z.array(z.string()),
  submissions: z.array(
    z.object({
      id: z.string(),
      team: z.string(),
      problem: z.string(),
      atMs: z.number(),
      /** The order of arrival; that of the file where it is left out. */
      seq: z.number().nullish(),
    }),
  ),
  /** In the order they were given: of one submission the last that is current counts. */
  judgements: z.array(
    z.object({
      sub: z.string(),
      verdict: z.enum([...VERDICT_CODES, 'PENDING']).nullable(),
      current: z.boolean().nullish(),
    }),
  ),
  view: z.enum(['jury', 'public']).nullish(),
  ignored: z.array(z.string()).nullish(),
  removed: z.array(z.tuple([z.number(), z.number()])).nullish(),
  /** Minutes added to a team's penalty. */
  adjust: z.record(z.string(), z.number()).nullish(),
});
export const scoreFileShape = z.array(scoreCaseShape);

export type ScoreCase = z.infer<typeof scoreCaseShape>;
