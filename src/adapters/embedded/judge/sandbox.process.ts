import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import type { Runner } from './runner';
import {
  ABORT_FRAME,
  ABORTED,
  encodeRuns,
  encodeStart,
  ReplyReader,
  type RunOutcome,
  type RunRequest,
} from './sandbox-protocol';

/** The sandbox could not be started or died in the middle of a run: nobody's verdict, worth another attempt. */
export class SandboxLost extends Error {}

/** What a sandbox is built from. */
interface SandboxPlace {
  readonly executable: string;
  /** An empty folder its root is mounted on, in its own mount namespace. */
  readonly root: string;
  /** The folder of artifacts; no program sees it. */
  readonly programs: string;
  /** All that programs see of the host. */
  readonly visible: readonly string[];
  /** Folders below those that they do not see. */
  readonly hidden: readonly string[];
  /** A folder that boxes with namespaces see as /headers. */
  readonly headers: string;
}

/** What the host granted. */
export interface SandboxMode {
  readonly namespaces: boolean;
  readonly root: boolean;
  /** The kernel's version of it, 0 without. */
  readonly landlock: number;
  /** All memory of a slot is bounded at once. */
  readonly cgroup: boolean;
}
export const NO_WALLS: SandboxMode = { namespaces: false, root: false, landlock: 0, cgroup: false };

const FIRST_UID = 60_000;
const UIDS_PER_SANDBOX = 16;
/** The first of those that the programs of a slot have where we are root. */
export const firstUidOf = (slot: number): number => FIRST_UID + slot * UIDS_PER_SANDBOX;

const STDERR_KEPT = 4096;
const CLOSE_PATIENCE_MS = 5000;
/** The sandbox keeps the wall limit. Should it not report long after, it is lost. */
const OVERDUE_MS = 15_000;

interface Waiting {
  readonly replies: RunOutcome[];
  readonly wanted: number;
  readonly resolve: (replies: RunOutcome[]) => void;
  readonly reject: (lost: SandboxLost) => void;
}

/** One resident sandbox, which runs one program at a time, or two that talk with each other. */
export class Sandbox implements Runner {
  private readonly reader = new ReplyReader();
  private waiting: Waiting | undefined;
  private said = '';
  private dead = false;
  /** Starts the program of the last run that can be started ahead of one; and that which was. */
  private start: Buffer | undefined;
  private started: Buffer | undefined;
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
    const uid = String(firstUidOf(slot));
    const child = spawn(
      place.executable,
      [
        place.root,
        place.programs,
        uid,
        ...place.visible,
        ...place.hidden.map((path) => `-${path}`),
        `+${place.headers}`,
      ],
      {
        stdio: ['pipe', 'pipe', 'pipe'],
        env: {},
        cwd: '/',
      },
    );
    const sandbox = new Sandbox(child);
    const [hello] = await sandbox.replies(1);
    const bits = hello?.exit ?? 0;
    sandbox.mode = {
      namespaces: (bits & 1) > 0,
      root: (bits & 2) > 0,
      cgroup: (bits & 4) > 0,
      landlock: hello?.signal ?? 0,
    };
    return sandbox;
  }

  get alive(): boolean {
    return !this.dead;
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  async run(requests: readonly RunRequest[], signal: AbortSignal): Promise<RunOutcome[]> {
    if (signal.aborted) return requests.map(() => ABORTED);
    const outcomes = this.replies(requests.length);
    const start = requests.length === 1 ? encodeStart(requests[0]!) : undefined;
    const isAtGate = start !== undefined && this.started?.equals(start) === true;
    if (isAtGate) this.started = undefined;
    this.start = start ?? this.start;
    // in one go, so that the sandbox need not wait for the rest
    this.child.stdin.cork();
    for (const piece of encodeRuns(requests, isAtGate)) this.child.stdin.write(piece);
    this.child.stdin.uncork();
    const longest = Math.max(...requests.map(({ wallMs }) => wallMs));
    const overdue = setTimeout(() => this.child.kill('SIGKILL'), longest + OVERDUE_MS);
    const abort = () => void this.child.stdin.write(ABORT_FRAME);
    signal.addEventListener('abort', abort, { once: true });
    try {
      return await outcomes;
    } finally {
      signal.removeEventListener('abort', abort);
      clearTimeout(overdue);
    }
  }

  /** Not while a run is in hand. */
  rest(): void {
    const { start } = this;
    if (this.dead || !this.mode.namespaces || !start || this.started?.equals(start)) return;
    this.started = start;
    this.child.stdin.write(start);
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

  private replies(wanted: number): Promise<RunOutcome[]> {
    return new Promise((resolve, reject) => {
      if (this.dead) reject(new SandboxLost(this.said));
      else this.waiting = { replies: [], wanted, resolve, reject };
    });
  }

  private hear(piece: Buffer): void {
    const { waiting } = this;
    waiting?.replies.push(...this.reader.push(piece));
    if (!waiting || waiting.replies.length < waiting.wanted) return;
    this.waiting = undefined;
    waiting.resolve(waiting.replies);
  }

  private die(why: string): void {
    this.dead = true;
    this.waiting?.reject(new SandboxLost(`the sandbox ended: ${why}`));
    this.waiting = undefined;
  }
}
