import { z } from 'zod';

/*
 * What we read of Judge0's answers; the rest is dropped. Nothing it says is believed before it has
 * passed one of these.
 */

/** Base64 with line breaks in it, as Ruby writes it. Null stands for nothing. */
const bytes = z
  .string()
  .regex(/^[A-Za-z0-9+/=\s]*$/, 'is not base64')
  .nullable()
  .transform((text) => Buffer.from(text ?? '', 'base64'));

/** Seconds, as a string; null where nothing ran. */
const milliseconds = z
  .union([z.string(), z.number()])
  .nullable()
  .transform((seconds) => Math.round(Number(seconds ?? 0) * 1000))
  .refine(Number.isFinite);

export const configShape = z.object({
  maintenance_mode: z.boolean().default(false),
  enable_batched_submissions: z.boolean(),
  max_submission_batch_size: z.int().positive(),
  max_queue_size: z.int().positive(),
  max_cpu_time_limit: z.number().positive(),
  max_wall_time_limit: z.number().positive(),
  max_memory_limit: z.number().positive(),
  max_stack_limit: z.number().positive(),
  max_max_file_size: z.number().positive(),
  enable_compiler_options: z.boolean(),
  allowed_languages_for_compile_options: z.array(z.string()).default([]),
  enable_callbacks: z.boolean(),
  allow_enable_network: z.boolean().default(false),
});
export type Judge0Config = z.infer<typeof configShape>;

export const aboutShape = z.object({ version: z.string() });

export const languagesShape = z.array(z.object({ id: z.int(), name: z.string() }));
export type Judge0Language = z.infer<typeof languagesShape>[number];

/** One entry for each submission sent, in order: its token, or what is wrong with it by field. */
export const createdShape = z.array(
  z.union([z.object({ token: z.string().min(1) }), z.record(z.string(), z.unknown())]),
);

/** One entry for each token asked for, in order; null for a token it does not know. */
export const batchShape = z.object({ submissions: z.array(z.unknown()) });

export const stateShape = z.object({ status_id: z.int() });

export const runShape = z.object({
  status_id: z.int(),
  time: milliseconds,
  wall_time: milliseconds,
  /** KiB; null where nothing ran. */
  memory: z.number().nullable(),
  exit_code: z.int().nullable(),
  exit_signal: z.int().nullable(),
  stdout: bytes,
  stderr: bytes,
  compile_output: bytes,
  message: bytes,
});
export type Judge0Run = z.infer<typeof runShape>;
export const RUN_FIELDS = Object.keys(runShape.shape).join(',');
