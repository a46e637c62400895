import type { JobId } from '../../contract/terms';
import { JudgeQueue, type JobOutcome, type QueueState } from '../../ports';

const MOST_ANNOUNCED = 500;

/**
 * A queue within a process: the rows are the queue, this only remembers which of them to look at
 * next. What is announced while it waits is remembered once. Processes that share the rows have one
 * each: whatever one leaves undone the others' sweeps find.
 */
export class MemoryJudgeQueue extends JudgeQueue {
  private readonly waiting = new Set<JobId>();
  private readonly working = new Set<Promise<JobOutcome>>();
  private slots = 0;
  private work: ((job: JobId) => Promise<JobOutcome>) | null = null;

  /** @param isOnlyOurs no other process works on these rows */
  constructor(readonly isOnlyOurs = true) {
    super();
  }

  announce(job: JobId): Promise<void> {
    this.waiting.add(job);
    this.fill();
    return Promise.resolve();
  }

  /** Whatever waits already is remembered once; of a long backlog those at its head are enough. */
  missing(owed: number): Promise<number> {
    return Promise.resolve(Math.min(owed, MOST_ANNOUNCED));
  }

  consume(slots: number, work: (job: JobId) => Promise<JobOutcome>): Promise<void> {
    this.slots = slots;
    this.work = work;
    this.fill();
    return Promise.resolve();
  }

  /** Whoever is given up is known by his row; there are no notices. */
  sift(): Promise<boolean> {
    return Promise.resolve(true);
  }

  state(): Promise<QueueState> {
    return Promise.resolve({ connected: true, says: 'in this process', waiting: this.waiting.size, dead: 0 });
  }

  async close(): Promise<void> {
    this.work = null;
    await Promise.all(this.working);
  }

  private fill(): void {
    for (const job of this.waiting) {
      if (!this.work || this.working.size >= this.slots) return;
      this.waiting.delete(job);
      const done = this.work(job).finally(() => {
        this.working.delete(done);
        this.fill();
      });
      this.working.add(done);
    }
  }
}
