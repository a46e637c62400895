/*
 * How Node and the sandbox speak; the C side is described at the top of sandbox.c. Numbers are u32 in
 * host order, which is little-endian on both architectures the sandbox knows.
 */

/** Which system calls a program may make. The order is that of `enum family` in syscall-filter.c. */
const FAMILIES = ['native', 'python', 'javascript', 'compiler'] as const;
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
  readonly argv: readonly string[];
  readonly input: string;
}

export interface RunOutcome {
  readonly reason: Reason;
  readonly exit: number | null;
  readonly signal: number | null;
  readonly cpuMs: number;
  readonly wallMs: number;
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
  memoryKiB: 0,
  out: Buffer.alloc(0),
  err: Buffer.alloc(0),
};

const REQUEST_NUMBERS = 10;
const REPLY_BYTES = 32;
const RUN = 1;
const ABORT = 2;

function numbers(values: readonly number[]): Buffer {
  const frame = Buffer.alloc(REQUEST_NUMBERS * 4);
  values.forEach((value, at) => frame.writeUInt32LE(Math.min(Math.ceil(value), 0xffff_ffff), at * 4));
  return frame;
}

/** In pieces, so that a large input is not copied once more. */
export function encodeRun(run: RunRequest): Buffer[] {
  const words = Buffer.from(
    [run.program, run.name, run.product ?? '', ...run.argv].map((word) => `${word}\0`).join(''),
  );
  const input = Buffer.from(run.input);
  const head = numbers([
    RUN,
    FAMILIES.indexOf(run.family),
    run.cpuMs,
    run.wallMs,
    run.memoryKiB,
    run.outputBytes,
    run.errorBytes,
    run.fileBytes,
    words.length,
    input.length,
  ]);
  return [head, words, input];
}

export const ABORT_FRAME = numbers([ABORT]);

/** Puts replies together from whatever pieces a pipe delivers. */
export class ReplyReader {
  private pieces: Buffer[] = [];
  private held = 0;
  private wanted = REPLY_BYTES;

  /** The reply this piece completes, if it does. The sandbox never sends the next one unasked. */
  push(piece: Buffer): RunOutcome | undefined {
    this.pieces.push(piece);
    this.held += piece.length;
    if (this.held < this.wanted) return undefined;
    const all = Buffer.concat(this.pieces);
    this.pieces = [all];
    const outEnd = REPLY_BYTES + all.readUInt32LE(24);
    this.wanted = outEnd + all.readUInt32LE(28);
    if (this.held < this.wanted) return undefined;
    this.pieces = [];
    this.held = 0;
    this.wanted = REPLY_BYTES;
    const exit = all.readInt32LE(4);
    return {
      reason: REASONS[all.readUInt32LE(0)] ?? 'fault',
      exit: exit < 0 ? null : exit,
      signal: all.readInt32LE(8) || null,
      cpuMs: all.readUInt32LE(12) / 1000,
      wallMs: all.readUInt32LE(16) / 1000,
      memoryKiB: all.readUInt32LE(20),
      out: all.subarray(REPLY_BYTES, outEnd),
      err: all.subarray(outEnd),
    };
  }
}
