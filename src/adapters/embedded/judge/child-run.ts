import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, copyFile, mkdir, open, rename, writeFile, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import type { Used } from './process-usage';
import { ABORTED, type Reason, type RunOutcome, type RunRequest } from './sandbox-protocol';

const SIGNALLED = 128;
const MOST_SIGNALS = 31;
const LOOK_EVERY_MS = 10;
/** As many as a scratch folder of the sandbox holds. */
const MOST_FILES = 4096;

/** Writable memory a program may reserve beyond its limit, as `reserved_by` in sandbox-program.c has it. */
export const reservedKiB = (family: RunRequest['family']): number =>
  family === 'managed' || family === 'javascript' ? 4 * 2 ** 20 : 16 * 1024;

/** A run whose files are in their place: below `folder` there are `box` and `tmp`. */
export interface Prepared {
  readonly request: RunRequest;
  readonly folder: string;
  readonly input: FileHandle;
}

/** A program that was started as a child of this process, in a group of its own. */
export interface Started {
  readonly child: ChildProcess;
  /** Where it reads what another prints. */
  readonly stdin: Writable | null;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** Its exit code, of one that was ended by a signal 128 more than that; when all it had open is closed. */
  readonly closed: Promise<number | null>;
  /** What it has taken, as far as that can be told by now. */
  used(): Used;
  /** How long it has been ready to run and got no processor, as far as that can be told. */
  waitedMs(): number;
  /** Asked when it has ended by itself. */
  hasBegun(): boolean;
}

/** `talks`: it reads what another prints. Rejects, or `closed` does, where it could not be started. */
export type Launch = (prepared: Prepared, talks: boolean) => Promise<Started>;

/** Lays out below `folder` what a box would have. Whoever starts it closes its input. */
export async function prepare(request: RunRequest, folder: string, programs: string): Promise<Prepared> {
  const [box, tmp, input] = [join(folder, 'box'), join(folder, 'tmp'), join(folder, 'input')];
  for (const path of [box, tmp]) await mkdir(path, { recursive: true });
  await copyFile(join(programs, request.program), join(box, request.name));
  await chmod(join(box, request.name), 0o555);
  for (const { name, content } of request.files ?? []) await writeFile(join(box, name), content);
  await writeFile(input, request.input);
  return { request, folder, input: await open(input, 'r') };
}

/** Keeps what a compiler left, whole or not at all. */
export async function keepProduct({ request, folder }: Prepared, { reason, exit }: RunOutcome, programs: string) {
  if (!request.product || reason !== 'ended' || exit !== 0) return;
  const part = join(programs, `part-${request.product}`);
  await copyFile(join(folder, 'tmp', 'product'), part);
  await rename(part, join(programs, request.product));
}

/** For launchers: what `closed` promises. */
export async function codeOf(child: ChildProcess, ...streams: readonly Readable[]): Promise<number | null> {
  const [ended] = await Promise.all([once(child, 'close'), ...streams.map((stream) => once(stream, 'close'))]);
  return (ended as [number | null])[0];
}

/** A program that runs, held to its limits from out here. */
export class ChildRun {
  private reason: Reason = 'ended';
  private readonly startedAt = performance.now();
  private readonly out: Buffer[] = [];
  private readonly err: Buffer[] = [];
  private waitedMs = 0;
  private hangUp: () => void = () => undefined;

  constructor(
    private readonly request: RunRequest,
    private readonly started: Started,
  ) {
    gather(started.stdout, this.out, request.outputBytes, () => this.end('output'));
    gather(started.stderr, this.err, request.errorBytes);
  }

  /**
   * What this one prints, the other reads; and that this one has ended, it learns when its end has a time. A
   * limit holds for what is printed, so it need not wait until somebody reads it.
   */
  speakTo({ started: { stdin } }: ChildRun): void {
    // who does not listen any more has ended, and that is told by its end
    stdin?.on('error', () => undefined);
    this.started.stdout.on('data', (piece: Buffer) => stdin?.writable && stdin.write(piece));
    this.hangUp = () => void stdin?.end();
  }

  /** Rejects where it could not even be started. */
  async outcome(signal: AbortSignal): Promise<RunOutcome> {
    const late = setTimeout(() => {
      this.waitedMs = this.started.waitedMs();
      this.end('wall');
    }, this.request.wallMs);
    const looking = setInterval(() => this.look(), LOOK_EVERY_MS);
    const abort = () => this.end('aborted');
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted) abort();
    try {
      const code = await this.started.closed;
      const wallMs = performance.now() - this.startedAt;
      this.hangUp();
      this.kill(); // whatever it left behind in its group
      return this.found(code, wallMs);
    } finally {
      clearTimeout(late);
      clearInterval(looking);
      signal.removeEventListener('abort', abort);
    }
  }

  private look(): void {
    const { cpuMs, memoryKiB, files } = this.started.used();
    if (cpuMs > this.request.cpuMs) this.end('cpu');
    else if (memoryKiB > this.request.memoryKiB || files > MOST_FILES) this.end('memory');
  }

  private found(code: number | null, wallMs: number): RunOutcome {
    this.look();
    const { cpuMs, memoryKiB } = this.started.used();
    if (this.reason === 'ended' && !this.started.hasBegun()) this.reason = 'fault';
    const number = (code ?? SIGNALLED + 9) - SIGNALLED;
    const signalled = number > 0 && number <= MOST_SIGNALS;
    return {
      ...ABORTED,
      ...{ reason: this.reason, exit: signalled ? null : code, signal: signalled ? number : null },
      ...{ cpuMs, wallMs, waitedMs: this.waitedMs, memoryKiB },
      ...{ out: Buffer.concat(this.out), err: Buffer.concat(this.err) },
    };
  }

  private end(reason: Reason): void {
    if (this.reason === 'ended') this.reason = reason;
    this.kill();
  }

  private kill(): void {
    const { pid } = this.started.child;
    if (pid === undefined) return;
    try {
      process.kill(-pid, 'SIGKILL');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
}

/** Keeps the first `room` bytes of what comes. */
export function gather(from: Readable, into: Buffer[], room: number, full: () => void = () => undefined): void {
  let left = room;
  from.on('data', (piece: Buffer) => {
    if (left > 0) into.push(piece.subarray(0, left));
    left -= piece.length;
    if (left < 0) full();
  });
}
