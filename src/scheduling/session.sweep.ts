import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { SessionStore } from '../store/session.store';

const SWEEP_MS = 10 * 60_000;
const KEPT_MS = 24 * 3_600_000;
const MOST_AT_ONCE = 10_000;

/** Clears away sessions and refresh tokens that let nobody in any more. */
@Injectable()
export class SessionSweep {
  constructor(private readonly sessions: SessionStore) {}

  @Interval(SWEEP_MS)
  async sweep(): Promise<void> {
    await this.sessions.sweep(KEPT_MS, MOST_AT_ONCE);
  }
}
