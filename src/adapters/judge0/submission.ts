import type { Limits, Verdict } from '../../contract/terms';
import type { OfferedLanguage } from './languages';
import type { Judge0Config } from './shapes';

/** What a run may use, in Judge0's names and units: seconds and KiB. */
export interface GrantedLimits {
  readonly cpu_time_limit: number;
  /** A program over its CPU limit is ended at once; one that ends within it would be too late all the same. */
  readonly cpu_extra_time: 0;
  readonly wall_time_limit: number;
  readonly memory_limit: number;
  readonly stack_limit: number;
  readonly max_file_size: number;
}

/** One test on its way to Judge0. It holds no answer: outputs are compared here. */
export interface Judge0Submission extends GrantedLimits {
  readonly language_id: number;
  readonly source_code: string;
  readonly stdin: string;
  readonly compiler_options?: string;
  readonly enable_network: false;
  readonly enable_per_process_and_thread_time_limit?: true;
  readonly enable_per_process_and_thread_memory_limit?: true;
  readonly callback_url?: string;
}

const LEAST_WALL_SECONDS = 1;
const LEAST_MEMORY_KIB = 2048;

/**
 * The limits of a job as far as this Judge0 allows them; it refuses what is more. The file limit is
 * that of the output, and a little more, so that too much output can be told from just enough.
 */
export function grantedLimits(limits: Limits, config: Judge0Config): GrantedLimits {
  const memory = Math.max(LEAST_MEMORY_KIB, Math.min(limits.memoryKiB, config.max_memory_limit));
  return {
    cpu_time_limit: Math.min(limits.cpuMs / 1000, config.max_cpu_time_limit),
    cpu_extra_time: 0,
    wall_time_limit: Math.max(LEAST_WALL_SECONDS, Math.min(limits.wallMs / 1000, config.max_wall_time_limit)),
    memory_limit: Math.floor(memory),
    stack_limit: Math.floor(Math.min(memory, config.max_stack_limit)),
    max_file_size: Math.floor(Math.min(limits.outputBytes / 1024 + 1, config.max_max_file_size)),
  };
}

/** Which limits may have brought about a verdict. */
const CAUSES: Readonly<Partial<Record<Verdict, readonly (keyof typeof SETTINGS)[]>>> = {
  TLE: ['cpu', 'wall'],
  MLE: ['memory'],
  OLE: ['output'],
  RTE: ['memory'],
};
/** Each with its name in Judge0, what a problem asks and what is granted, both in its unit. */
const SETTINGS = {
  cpu: { name: 'MAX_CPU_TIME_LIMIT', asked: ({ cpuMs }: Limits) => cpuMs / 1000, granted: 'cpu_time_limit' },
  wall: { name: 'MAX_WALL_TIME_LIMIT', asked: ({ wallMs }: Limits) => wallMs / 1000, granted: 'wall_time_limit' },
  memory: {
    name: 'MAX_MEMORY_LIMIT',
    asked: ({ memoryKiB }: Limits) => Math.floor(memoryKiB),
    granted: 'memory_limit',
  },
  output: {
    name: 'MAX_MAX_FILE_SIZE',
    asked: ({ outputBytes }: Limits) => Math.floor(outputBytes / 1024 + 1),
    granted: 'max_file_size',
  },
} as const;

/**
 * Why a verdict cannot stand: this Judge0 grants less than the problem does, and with all of it the run
 * might have done better. Null where it stands.
 */
export function shortOf(verdict: Verdict, limits: Limits, granted: GrantedLimits): string | null {
  const causes = (CAUSES[verdict] ?? []).map((cause) => SETTINGS[cause]);
  const short = causes.find((setting) => granted[setting.granted] < setting.asked(limits));
  if (!short) return null;
  const { name, asked, granted: key } = short;
  return `The problem allows more than this Judge0 does: raise ${name} there from ${granted[key]} to ${asked(limits)}.`;
}

export interface SubmissionSettings {
  /** Judge0's host has no cgroups: memory is then limited as address space, time per process. */
  readonly noCgroup: boolean;
  /** Where Judge0 may say that a run has ended. */
  readonly callbackUrl?: string;
}

export function submissionOf(
  language: OfferedLanguage,
  source: string,
  input: string,
  granted: GrantedLimits,
  { noCgroup, callbackUrl }: SubmissionSettings,
): Judge0Submission {
  return {
    ...granted,
    language_id: language.number,
    source_code: base64(source),
    stdin: base64(input),
    enable_network: false,
    ...(language.compilerOptions !== undefined && { compiler_options: language.compilerOptions }),
    ...(noCgroup && {
      enable_per_process_and_thread_time_limit: true,
      enable_per_process_and_thread_memory_limit: true,
    }),
    ...(callbackUrl !== undefined && { callback_url: callbackUrl }),
  };
}

const base64 = (text: string): string => Buffer.from(text).toString('base64');
