import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { ABORT_FRAME, ABORTED, encodeRun, ReplyReader, type RunOutcome, type RunRequest } from './sandbox-protocol';

/** The sandbox could not be started or died in the middle of a run: nobody's verdict, worth another attempt. */
export class SandboxLost extends Error {}

/** What a sandbox is built from. */
export interface SandboxPlace {
  readonly executable: string;
  /** An empty folder its root is mounted on, in its own mount namespace. */
  readonly root: string;
  /** The folder of artifacts; no program sees it. */
  readonly programs: string;
  /** All that programs see of the host. */
  readonly visible: readonly string[];
  /** Folders below those that they do not see. */
  readonly hidden: readonly string[];
}

/** What the host granted. */
export interface SandboxMode {
  readonly namespaces: boolean;
  readonly root: boolean;
  /** The kernel's version of it, 0 without. */
  readonly landlock: number;
}
export const NO_WALLS: SandboxMode = { namespaces: false, root: false, landlock: 0 };

const FIRST_UID = 60_000;
const UIDS_PER_SANDBOX = 16;
const STDERR_KEPT = 4096;
const CLOSE_PATIENCE_MS = 5000;
/** The sandbox keeps the wall limit. Should it not report long after, it is lost. */
const OVERDUE_MS = 15_000;

/** One resident sandbox, which runs one program at a time. */
export class Sandbox {
  private readonly reader = new ReplyReader();
  private waiting: { resolve: (outcome: RunOutcome) => void; reject: (lost: SandboxLost) => void } | undefined;
  private said = '';
  private dead = false;
  mode: SandboxMode = NO_WALLS;

  private constructor(private readonly child: ChildProcessByStdio<Writable, Readable, Readable>) {
    child.stdout.on('data', (piece: Buffer) => this.hear(piece));
    child.stderr.on('data', (piece: Buffer) => (this.said = (this.said + piece.toString()).slice(-STDERR_KEPT)));
    // a pipe that broke is told by the end of the process
    child.stdin.on('error', () => undefined);
    child.on('error', (error) => this.die(error.message));
    child.on('close', (code, signal) => this.die(this.said.trim() || `exit ${signal ?? code ?? ''}`));
  }

  /** Rejects with SandboxLost, in words to act on, where this host allows no sandbox. */
  static async start(place: SandboxPlace, slot: number): Promise<Sandbox> {
    const uid = String(FIRST_UID + slot * UIDS_PER_SANDBOX);
    const child = spawn(
      place.executable,
      [place.root, place.programs, uid, ...place.visible, ...place.hidden.map((path) => `-${path}`)],
      {
        stdio: ['pipe', 'pipe', 'pipe'],
        env: {},
        cwd: '/',
      },
    );
    const sandbox = new Sandbox(child);
    const hello = await sandbox.reply();
    const bits = hello.exit ?? 0;
    sandbox.mode = { namespaces: (bits & 1) > 0, root: (bits & 2) > 0, landlock: hello.signal ?? 0 };
    return sandbox;
  }

  get alive(): boolean {
    return !this.dead;
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  /** One at a time. An abort ends the program at once; the outcome then says so. */
  async run(request: RunRequest, signal: AbortSignal): Promise<RunOutcome> {
    if (signal.aborted) return ABORTED;
    const outcome = this.reply();
    for (const piece of encodeRun(request)) this.child.stdin.write(piece);
    const overdue = setTimeout(() => this.child.kill('SIGKILL'), request.wallMs + OVERDUE_MS);
    const abort = () => void this.child.stdin.write(ABORT_FRAME);
    signal.addEventListener('abort', abort, { once: true });
    try {
      return await outcome;
    } finally {
      signal.removeEventListener('abort', abort);
      clearTimeout(overdue);
    }
  }

  /** Resolves when neither the sandbox nor anything it ran is left. */
  async close(): Promise<void> {
    if (this.dead) return;
    const closed = once(this.child, 'close');
    this.child.stdin.end();
    const patience = setTimeout(() => this.child.kill('SIGKILL'), CLOSE_PATIENCE_MS);
    await closed;
    clearTimeout(patience);
  }

  private reply(): Promise<RunOutcome> {
    return new Promise((resolve, reject) => {
      if (this.dead) reject(new SandboxLost(this.said));
      else this.waiting = { resolve, reject };
    });
  }

  private hear(piece: Buffer): void {
    const outcome = this.reader.push(piece);
    if (!outcome) return;
    this.waiting?.resolve(outcome);
    this.waiting = undefined;
  }

  private die(why: string): void {
    this.dead = true;
    this.waiting?.reject(new SandboxLost(`the sandbox ended: ${why}`));
    this.waiting = undefined;
  }
}
