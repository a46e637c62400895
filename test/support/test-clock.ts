import type { Instant } from '../../src/contract/terms';
import { Clock } from '../../src/ports';
import { OPENED } from './room-builder';

/** A clock that stands still until a test moves it, in either direction. */
export class TestClock extends Clock {
  constructor(public moment: Instant = OPENED) {
    super();
  }
  now(): Instant {
    return this.moment;
  }
  pass(milliseconds: number): void {
    this.moment += milliseconds;
  }
}
