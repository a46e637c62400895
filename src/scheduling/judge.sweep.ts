import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Clock, JudgeQueue } from '../ports';
import { JobStore } from '../store/job.store';

const SWEEP_MS = 1_000;
/** Fresh work has been announced by whoever accepted it; this is for what got lost, put off or dropped. */
const LATE_MS = 2_000;

/** Announces again what is owed: a crash between commit and announcement loses nothing. */
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
    for (const id of await this.jobs.owed(this.clock.now() - late)) await this.queue.announce(id);
  }
}
