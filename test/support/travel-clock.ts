import { Clock } from '../../src/ports';

/** A clock to travel in. It goes as the wall's does, until it is stopped. */
export class TravelClock extends Clock {
  private ahead = 0;
  private stoppedAt: number | null = null;

  now(): number {
    return this.stoppedAt ?? Date.now() + this.ahead;
  }

  /** Jumps forward, or back. */
  travel(milliseconds: number): void {
    this.ahead += milliseconds;
    if (this.stoppedAt !== null) this.stoppedAt += milliseconds;
  }

  /** Shows one moment until it goes on from there. */
  stopAt(moment: number): void {
    this.stoppedAt = moment;
  }

  goOn(): void {
    if (this.stoppedAt !== null) this.ahead = this.stoppedAt - Date.now();
    this.stoppedAt = null;
  }
}

export const SECOND = 1_000;
export const MINUTE = 60_000;
