import type { Runner } from './runner';
import { ABORTED, type RunOutcome, type RunRequest } from './sandbox-protocol';
import { SandboxLost } from './sandbox.process';
import { fairly } from './starvation';

interface Task {
  readonly requests: readonly RunRequest[];
  readonly signal: AbortSignal;
  /** Its turn has come: an abort is its runner's to hear of. */
  readonly begin: () => void;
  readonly resolve: (outcomes: RunOutcome[]) => void;
  readonly reject: (error: unknown) => void;
}

type StartRunner = (slot: number) => Promise<Runner>;

/**
 * As many runners as programs may run at a time. Runs wait in one line per job and the lines take
 * turns, so that a submission with a hundred tests does not hold up one with three.
 */
export class Slots {
  private readonly lines = new Map<object, Task[]>();
  private readonly idle: (() => void)[] = [];
  private readonly runners: Runner[];
  private readonly workers: Promise<void>[];
  private closed = false;

  private constructor(
    private readonly start: StartRunner,
    first: readonly Runner[],
  ) {
    this.runners = [...first];
    this.workers = first.map((_, slot) => this.work(slot));
  }

  /** Rejects as `start` does, when none is left of those that did. */
  static async open(start: StartRunner, count: number): Promise<Slots> {
    const started = await Promise.allSettled(Array.from({ length: count }, (_, slot) => start(slot)));
    const runners = started.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    const lost = started.find((one) => one.status === 'rejected');
    if (!lost) return new Slots(start, runners);
    await Promise.all(runners.map((runner) => runner.close()));
    throw lost.reason;
  }

  get count(): number {
    return this.runners.length;
  }

  /** The processes of those that live; one that died is replaced when its slot has work again. */
  get pids(): number[] {
    return this.runners.flatMap((runner) => (runner.alive ? (runner.pid ?? []) : []));
  }

  /**
   * Runs when `job`'s turn comes, and again if it was starved. One that is aborted waits no longer. Rejects with
   * SandboxLost when its sandbox dies, for which the slot gets a new one, and with Starved.
   */
  async run(job: object, request: RunRequest, signal: AbortSignal): Promise<RunOutcome> {
    const [outcome] = await this.wait(job, [request], signal);
    return outcome!;
  }

  /** As `run`, of two programs each of which reads what the other prints. They share one slot, for mostly one of them waits. */
  async runPair(
    job: object,
    pair: readonly [RunRequest, RunRequest],
    signal: AbortSignal,
  ): Promise<readonly [RunOutcome, RunOutcome]> {
    const [first, second] = await this.wait(job, pair, signal);
    return [first!, second!];
  }

  private wait(job: object, requests: readonly RunRequest[], signal: AbortSignal): Promise<RunOutcome[]> {
    return new Promise((resolve, reject) => {
      if (this.closed) {
        reject(new SandboxLost('the judge is closing'));
        return;
      }
      if (signal.aborted) {
        resolve(requests.map(() => ABORTED));
        return;
      }
      const line = this.lines.get(job) ?? [];
      const leave = () => {
        line.splice(line.indexOf(task), 1);
        resolve(requests.map(() => ABORTED));
      };
      const begin = () => signal.removeEventListener('abort', leave);
      const task: Task = { requests, signal, begin, resolve, reject };
      signal.addEventListener('abort', leave, { once: true });
      line.push(task);
      this.lines.set(job, line);
      this.idle.shift()?.();
    });
  }

  async close(): Promise<void> {
    this.closed = true;
    for (const task of [...this.lines.values()].flat()) {
      task.begin();
      task.reject(new SandboxLost('the judge is closing'));
    }
    this.lines.clear();
    for (const wake of this.idle.splice(0)) wake();
    await this.closeRunners();
    await Promise.all(this.workers);
    // one that was being replaced meanwhile
    await this.closeRunners();
  }

  private async closeRunners(): Promise<void> {
    await Promise.all(this.runners.map((runner) => runner.close()));
  }

  private async work(slot: number): Promise<void> {
    while (!this.closed) {
      const task = this.next();
      if (task) await this.perform(task, slot);
      else await this.idleness(slot);
    }
  }

  private idleness(slot: number): Promise<void> {
    this.runners[slot]!.rest?.();
    return new Promise((wake) => this.idle.push(wake));
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
    task.begin();
    try {
      const held = this.runners[slot]!;
      const runner = held.alive ? held : (this.runners[slot] = await this.start(slot));
      const { requests, signal } = task;
      task.resolve(await fairly(() => runner.run(requests, signal)));
    } catch (error) {
      task.reject(error);
    }
  }
}
