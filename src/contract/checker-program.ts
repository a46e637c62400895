import { z } from 'zod';
import { LanguageIdShape } from './shapes';

/** In the box where it is compiled, what includes it is `main`. */
export const IncludeNameShape = z.string().regex(/^(?!main\.)[A-Za-z0-9_][A-Za-z0-9._-]{0,63}$/);
/** A checker that is a program; it comes with the folder of its problem. See problem-format. */
export const CheckerProgramShape = z.strictObject({
  kind: z.enum(['custom', 'interactive']),
  convention: z.enum(['kattis', 'testlib']),
  language: LanguageIdShape,
  source: z.string(),
  includes: z
    .array(z.strictObject({ name: IncludeNameShape, content: z.string() }))
    .max(8)
    .default([]),
  args: z
    .array(
      z
        .string()
        .max(200)
        .regex(/^\P{C}*$/u),
    )
    .max(16)
    .default([]),
});
