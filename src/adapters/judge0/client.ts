import type { z } from 'zod';
import { Fault, Judge0Api, type Judge0Access } from './api';
import {
  aboutShape,
  batchShape,
  configShape,
  createdShape,
  languagesShape,
  RUN_FIELDS,
  runShape,
  stateShape,
  type Judge0Config,
  type Judge0Language,
  type Judge0Run,
} from './shapes';
import type { Judge0Submission } from './submission';

export interface Judge0Description {
  readonly version: string;
  readonly config: Judge0Config;
  readonly languages: readonly Judge0Language[];
}

const KIB = 1024;
/** Base64 takes four characters for three bytes, and two for the end of each line of 60. */
const AS_TEXT = (4 / 3) * (62 / 60);
const BESIDE_THE_TEXTS = 64 * KIB;

/** The few things we ask of Judge0, each in one exchange. Everything rejects with Outage or Fault. */
export class Judge0Client {
  private readonly api: Judge0Api;

  constructor(access: Judge0Access) {
    this.api = new Judge0Api(access);
  }

  async describe(signal: AbortSignal): Promise<Judge0Description> {
    const [config, languages, { version }] = await Promise.all([
      this.api.get('/config_info', configShape, { signal }),
      this.api.get('/languages', languagesShape, { signal }),
      this.api.get('/about', aboutShape, { signal }),
    ]);
    return { version, config, languages };
  }

  /** The tokens by which the submissions are asked for, in their order. One that was refused is a Fault, and the others are let go. */
  async create(submissions: readonly Judge0Submission[], signal: AbortSignal): Promise<string[]> {
    const path = '/submissions/batch?base64_encoded=true';
    const created = await this.api.post(path, { submissions }, createdShape, { signal });
    const tokens = created.flatMap((entry) => ('token' in entry && typeof entry.token === 'string' ? entry.token : []));
    if (tokens.length === submissions.length) return tokens;
    const refused = created.filter((entry) => !('token' in entry));
    throw new Fault(
      `Judge0 refused ${submissions.length - tokens.length} runs: ${JSON.stringify(refused).slice(0, 500)}`,
    );
  }

  /** The numbers of their states, in order. */
  async states(tokens: readonly string[], signal: AbortSignal): Promise<number[]> {
    const { submissions } = await this.api.get(asking(tokens, 'status_id'), batchShape, { signal });
    return whole(tokens, submissions, stateShape).map(({ status_id }) => status_id);
  }

  /** What came of runs that have ended, in order, no more than these and their compilers may have written. */
  async runs(
    tokens: readonly string[],
    { fileKiB, compilerKiB }: { readonly fileKiB: number; readonly compilerKiB: number },
    signal: AbortSignal,
  ): Promise<Judge0Run[]> {
    const each = (2 * fileKiB + compilerKiB) * KIB * AS_TEXT + BESIDE_THE_TEXTS;
    const mostBytes = Math.ceil(tokens.length * each);
    const { submissions } = await this.api.get(asking(tokens, RUN_FIELDS), batchShape, { signal, mostBytes });
    return whole(tokens, submissions, runShape);
  }
}

const asking = (tokens: readonly string[], fields: string): string =>
  `/submissions/batch?base64_encoded=true&fields=${fields}&tokens=${tokens.map(encodeURIComponent).join(',')}`;

/**
 * Each entry by itself: what one program makes Judge0 say must not look like an outage of it.
 * @throws {Fault} where Judge0 does not know a token it gave out, or says of a run what we do not understand
 */
function whole<Shape extends z.ZodType>(
  tokens: readonly string[],
  entries: readonly unknown[],
  shape: Shape,
): z.infer<Shape>[] {
  const known = entries.filter((entry) => entry !== null);
  if (known.length !== tokens.length) throw new Fault(`Judge0 has lost ${tokens.length - known.length} of our runs`);
  return known.map((entry) => {
    const { data, error } = shape.safeParse(entry);
    if (error) throw new Fault(`Judge0 says of a run what we do not understand: ${error.issues[0]?.message ?? ''}`);
    return data;
  });
}
