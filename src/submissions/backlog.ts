import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Refusal } from '../contract/refusals';
import { JobStore } from '../store/job.store';

const MOST = 20_000;
const LOOK_MS = 5_000;

/** Refuses new work while far too much is owed. It looks now and then: a submission does not wait for a count. */
@Injectable()
export class Backlog {
  private owed = 0;

  constructor(private readonly jobs: JobStore) {}

  /** @throws {Refusal} queue.full */
  check(): void {
    if (this.owed >= MOST) throw new Refusal('queue.full', undefined, LOOK_MS / 1000);
  }

  @Interval(LOOK_MS)
  async look(): Promise<void> {
    this.owed = await this.jobs.backlog();
  }
}
