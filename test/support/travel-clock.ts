import type { Instant } from '../../src/contract/terms';
import { Clock } from '../../src/ports';

/** A clock to travel in. It goes as the wall's does, unless it is stopped. */
export class TravelClock extends Clock {
  private ahead = 0;

  constructor(private stoppedAt: Instant | null = null) {
    super();
  }

  now(): Instant {
    return this.stoppedAt ?? Date.now() + this.ahead;
  }

  /** Jumps forward, or back. */
  travel(milliseconds: number): void {
    this.ahead += milliseconds;
    if (this.stoppedAt !== null) this.stoppedAt += milliseconds;
  }

  /** Shows one moment until it goes on from there. */
  stopAt(moment: Instant): void {
    this.stoppedAt = moment;
  }

  goOn(): void {
    if (this.stoppedAt !== null) this.ahead = this.stoppedAt - Date.now();
    this.stoppedAt = null;
  }
}
