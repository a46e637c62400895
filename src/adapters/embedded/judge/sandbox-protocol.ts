/*
 * How Node and the sandbox speak; the C side is described at the top of sandbox.c. Numbers are u32 in
 * host order, which is little-endian on both architectures the sandbox knows.
 */

/** Which system calls a program may make. The order is that of `enum family` in syscall-filter.c. */
export const FAMILIES = ['native', 'script', 'javascript', 'managed', 'compiler'] as const;
export type Family = (typeof FAMILIES)[number];

/** Why a run ended. The order is that of `enum reason` in sandbox.c. */
const REASONS = ['ended', 'cpu', 'memory', 'wall', 'output', 'aborted', 'fault', 'hello'] as const;
export type Reason = (typeof REASONS)[number];

export interface RunRequest {
  readonly family: Family;
  readonly cpuMs: number;
  readonly wallMs: number;
  readonly memoryKiB: number;
  readonly outputBytes: number;
  readonly errorBytes: number;
  readonly fileBytes: number;
  /** Artifact to put into the box, and the name it has there, below /box. */
  readonly program: string;
  readonly name: string;
  /** Artifact to make of /tmp/product if the run ends well. */
  readonly product?: string;
  /** The executable it is told to be, where it finds its own files by that. */
  readonly self?: string;
  readonly argv: readonly string[];
  /** Its command can be started ahead of the run: it then waits for its program as sandbox-warm.c says. */
  readonly waitsAtGate?: true;
  readonly input: string | Buffer;
  /** More files it may read, below /box. */
  readonly files?: readonly BoxFile[];
}

export interface BoxFile {
  readonly name: string;
  readonly content: string | Buffer;
}

export interface RunOutcome {
  readonly reason: Reason;
  readonly exit: number | null;
  readonly signal: number | null;
  readonly cpuMs: number;
  readonly wallMs: number;
  /** Of a run that met the wall clock's limit: the longest a thread was ready to run and got no processor. */
  readonly waitedMs: number;
  readonly memoryKiB: number;
  readonly out: Buffer;
  /** What the program said on stderr, or, of a fault, what went wrong. */
  readonly err: Buffer;
}

/** A run that ended before it began. */
export const ABORTED: RunOutcome = {
  reason: 'aborted',
  exit: null,
  signal: null,
  cpuMs: 0,
  wallMs: 0,
  waitedMs: 0,
  memoryKiB: 0,
  out: Buffer.alloc(0),
  err: Buffer.alloc(0),
};

const REQUEST_NUMBERS = 11;
const REPLY_BYTES = 36;
const RUN = 1;
const ABORT = 2;
const PAIR = 3;
const WARM = 5;
const RESUME = 6;

function numbers(values: readonly number[]): Buffer {
  const frame = Buffer.alloc(REQUEST_NUMBERS * 4);
  values.forEach((value, at) => frame.writeUInt32LE(Math.min(Math.ceil(value), 0xffff_ffff), at * 4));
  return frame;
}

/**
 * One run, or two whose programs talk with each other; of one run, perhaps its program waits at its gate. In
 * pieces, so that a large input is not copied once more.
 */
export function encodeRuns(runs: readonly RunRequest[], isAtGate = false): Buffer[] {
  return runs.flatMap((run, index) => encodeRun(run, runs.length > 1 && index === 0 ? PAIR : isAtGate ? RESUME : RUN));
}

/** Starts a run's program ahead of it, and of every other run for which this is the same. Undefined where that cannot be. */
export function encodeStart({ family, name, self, argv, ...run }: RunRequest): Buffer | undefined {
  if (!run.waitsAtGate || run.product || run.files?.length) return undefined;
  const words = encodeWords('', name, '', self ?? '', ...argv);
  const limits = [0, 0, 0, 0, 0, 0];
  return Buffer.concat([numbers([WARM, FAMILIES.indexOf(family), ...limits, words.length]), words]);
}

const encodeWords = (...words: readonly string[]): Buffer => Buffer.from(words.map((word) => `${word}\0`).join(''));

function encodeRun(run: RunRequest, kind: number): Buffer[] {
  const files = run.files ?? [];
  const names = files.map(({ name }) => name);
  const words = encodeWords(run.program, run.name, run.product ?? '', run.self ?? '', ...names, ...run.argv);
  const input = bytesOf(run.input);
  const head = numbers([
    kind,
    FAMILIES.indexOf(run.family),
    run.cpuMs,
    run.wallMs,
    run.memoryKiB,
    run.outputBytes,
    run.errorBytes,
    run.fileBytes,
    words.length,
    input.length,
    files.length,
  ]);
  return [head, words, input, ...files.flatMap(({ content }) => withLength(bytesOf(content)))];
}

const bytesOf = (content: string | Buffer): Buffer => (typeof content === 'string' ? Buffer.from(content) : content);

function withLength(bytes: Buffer): Buffer[] {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(bytes.length);
  return [length, bytes];
}

export const ABORT_FRAME = numbers([ABORT]);

/** Puts replies together from whatever pieces a pipe delivers. */
export class ReplyReader {
  private pieces: Buffer[] = [];
  private held = 0;
  private wanted = REPLY_BYTES;

  /** The replies this piece completes, in order. */
  push(piece: Buffer): RunOutcome[] {
    this.pieces.push(piece);
    this.held += piece.length;
    const replies: RunOutcome[] = [];
    while (this.held >= this.wanted) {
      const all = Buffer.concat(this.pieces);
      const outEnd = REPLY_BYTES + all.readUInt32LE(28);
      const end = outEnd + all.readUInt32LE(32);
      this.wanted = end;
      this.pieces = [all];
      if (this.held < end) break;
      replies.push(replyIn(all, outEnd, end));
      this.pieces = [all.subarray(end)];
      this.held -= end;
      this.wanted = REPLY_BYTES;
    }
    return replies;
  }
}

function replyIn(all: Buffer, outEnd: number, end: number): RunOutcome {
  const exit = all.readInt32LE(4);
  return {
    reason: REASONS[all.readUInt32LE(0)] ?? 'fault',
    exit: exit < 0 ? null : exit,
    signal: all.readInt32LE(8) || null,
    cpuMs: all.readUInt32LE(12) / 1000,
    wallMs: all.readUInt32LE(16) / 1000,
    waitedMs: all.readUInt32LE(20) / 1000,
    memoryKiB: all.readUInt32LE(24),
    out: all.subarray(REPLY_BYTES, outEnd),
    err: all.subarray(outEnd, end),
  };
}
