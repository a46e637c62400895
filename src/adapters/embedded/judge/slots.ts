import { ABORTED, type RunOutcome, type RunRequest } from './sandbox-protocol';
import { NO_WALLS, Sandbox, SandboxLost, type SandboxMode, type SandboxPlace } from './sandbox.process';

interface Task {
  readonly request: RunRequest;
  readonly signal: AbortSignal;
  readonly resolve: (outcome: RunOutcome) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * As many sandboxes as programs may run at a time. Runs wait in one line per job and the lines take
 * turns, so that a submission with a hundred tests does not hold up one with three.
 */
export class Slots {
  private readonly lines = new Map<object, Task[]>();
  private readonly idle: (() => void)[] = [];
  private readonly sandboxes: (Sandbox | undefined)[];
  private readonly workers: Promise<void>[];
  private closed = false;

  private constructor(
    private readonly place: SandboxPlace,
    first: readonly Sandbox[],
  ) {
    this.sandboxes = [...first];
    this.workers = first.map((_, slot) => this.work(slot));
  }

  /** Rejects with SandboxLost where no sandbox can be had. */
  static async open(place: SandboxPlace, count: number): Promise<Slots> {
    const started = await Promise.allSettled(Array.from({ length: count }, (_, slot) => Sandbox.start(place, slot)));
    const sandboxes = started.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    const lost = started.find((one) => one.status === 'rejected');
    if (!lost) return new Slots(place, sandboxes);
    await Promise.all(sandboxes.map((sandbox) => sandbox.close()));
    throw lost.reason;
  }

  get mode(): SandboxMode {
    return this.sandboxes.find((sandbox) => sandbox !== undefined)?.mode ?? NO_WALLS;
  }

  /** The sandboxes that live; one that died is replaced when its slot has work again. */
  get pids(): number[] {
    return this.sandboxes.flatMap((sandbox) => (sandbox?.alive ? (sandbox.pid ?? []) : []));
  }

  /** Runs when `job`'s turn comes. Rejects with SandboxLost when its sandbox dies; the slot gets a new one. */
  run(job: object, request: RunRequest, signal: AbortSignal): Promise<RunOutcome> {
    return new Promise((resolve, reject) => {
      if (this.closed) {
        reject(new SandboxLost('the judge is closing'));
        return;
      }
      const line = this.lines.get(job) ?? [];
      line.push({ request, signal, resolve, reject });
      this.lines.set(job, line);
      this.idle.shift()?.();
    });
  }

  async close(): Promise<void> {
    this.closed = true;
    for (const task of [...this.lines.values()].flat()) task.reject(new SandboxLost('the judge is closing'));
    this.lines.clear();
    for (const wake of this.idle.splice(0)) wake();
    await this.closeSandboxes();
    await Promise.all(this.workers);
    // a sandbox that was being replaced meanwhile
    await this.closeSandboxes();
  }

  private async closeSandboxes(): Promise<void> {
    const started = this.sandboxes.filter((sandbox) => sandbox !== undefined);
    await Promise.all(started.map((sandbox) => sandbox.close()));
  }

  private async work(slot: number): Promise<void> {
    while (!this.closed) {
      const task = this.next();
      if (task) await this.perform(task, slot);
      else await new Promise<void>((wake) => this.idle.push(wake));
    }
  }

  /** The oldest run of the job whose turn it is; that job then goes to the end. */
  private next(): Task | undefined {
    for (const [job, line] of this.lines) {
      const task = line.shift();
      this.lines.delete(job);
      if (line.length > 0) this.lines.set(job, line);
      if (task) return task;
    }
    return undefined;
  }

  private async perform(task: Task, slot: number): Promise<void> {
    if (task.signal.aborted) {
      task.resolve(ABORTED);
      return;
    }
    try {
      let sandbox = this.sandboxes[slot];
      if (!sandbox?.alive) sandbox = this.sandboxes[slot] = await Sandbox.start(this.place, slot);
      task.resolve(await sandbox.run(task.request, task.signal));
    } catch (error) {
      task.reject(error);
    }
  }
}
