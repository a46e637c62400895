import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Clock, JudgeQueue } from '../ports';
import { JobStore } from '../store/job.store';

const SWEEP_MS = 1_000;
/** Fresh work has been announced by whoever accepted it; this is for what got lost, put off or dropped. */
const LATE_MS = 2_000;
const MOST_AT_ONCE = 5_000;

/**
 * Announces again what is owed: a crash between commit and announcement loses nothing. A queue that
 * keeps what it is told is filled up to as many announcements as there are jobs owed, the longest due
 * first, and not beyond: however long nobody judges and however many processes sweep, it does not grow.
 * Where a job was announced again while its first announcement still waits, the second finds it claimed
 * or done, and another takes its place.
 */
@Injectable()
export class JudgeSweep implements OnApplicationBootstrap {
  constructor(
    private readonly clock: Clock,
    private readonly jobs: JobStore,
    private readonly queue: JudgeQueue,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (this.queue.isOnlyOurs) await this.jobs.reclaim();
    await this.announce(0);
  }

  @Interval(SWEEP_MS)
  async sweep(): Promise<void> {
    await this.announce(LATE_MS);
  }

  private async announce(late: number): Promise<void> {
    const until = this.clock.now() - late;
    const missing = await this.queue.missing(await this.jobs.backlog(until));
    if (missing <= 0) return;
    for (const id of await this.jobs.owed(until, Math.min(missing, MOST_AT_ONCE))) await this.queue.announce(id);
  }
}
