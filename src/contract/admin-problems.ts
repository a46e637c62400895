import { z } from 'zod';
import { CheckerProgramShape } from './checker-program';
import { CheckerShape, Moment, ProblemLimits, ProblemSummary } from './shapes';

/* What those who set problems are answered: all there is, secret tests too. */

export const AdminProblemSummary = ProblemSummary.extend({
  publishedAt: Moment.nullable(),
  /** When it was last changed here; null: it is as it was imported. */
  editedAt: Moment.nullable(),
  samples: z.number(),
  secrets: z.number(),
});
export const AdminProblem = AdminProblemSummary.extend({
  statement: z.string(),
  statementHtml: z.string(),
  limits: ProblemLimits,
  checker: z.union([CheckerShape, CheckerProgramShape]),
  /** Names this form of the problem: it changes with whatever a verdict or a reader depends on. */
  digest: z.string(),
  testBytes: z.number(),
  /** Contests under way that keep the form they began with, or will when this one is changed. */
  liveRooms: z.number(),
});
/** Tests in the order they run; samples come first. Of long texts only the beginning. */
export const AdminTest = z.object({
  index: z.number(),
  sample: z.boolean(),
  note: z.string().nullable(),
  inputBytes: z.number(),
  answerBytes: z.number(),
  inputStart: z.string(),
  answerStart: z.string(),
});
