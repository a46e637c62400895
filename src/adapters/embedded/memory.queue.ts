import type { JobId } from '../../contract/terms';
import { JudgeQueue, type QueueState } from '../../ports';

/**
 * The queue of a single process: the rows are the queue, this only remembers which of them to look
 * at next. What is announced while it waits is remembered once.
 */
export class MemoryJudgeQueue extends JudgeQueue {
  readonly isOnlyOurs = true;
  private readonly waiting = new Set<JobId>();
  private readonly working = new Set<Promise<void>>();
  private slots = 0;
  private work: ((job: JobId) => Promise<void>) | null = null;

  announce(job: JobId): Promise<void> {
    this.waiting.add(job);
    this.fill();
    return Promise.resolve();
  }

  consume(slots: number, work: (job: JobId) => Promise<void>): Promise<void> {
    this.slots = slots;
    this.work = work;
    this.fill();
    return Promise.resolve();
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
