import type { Instant } from '../../src/contract/terms';
import { Clock } from '../../src/ports';
import type { World } from '../../src/world.module';

/** Time passes only when a test says so. */
export class StillClock extends Clock {
  constructor(private moment: Instant = Date.UTC(2026, 0, 31, 18)) {
    super();
  }

  now(): Instant {
    return this.moment;
  }

  pass(milliseconds: number): void {
    this.moment += milliseconds;
  }

  /** For startServer: the same world by this clock. */
  readonly change = (world: World): World => ({ ...world, clock: this });
}
