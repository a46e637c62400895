import { setTimeout as sleep } from 'node:timers/promises';
import { BrokenCircuitError, CircuitState, circuitBreaker, ConsecutiveBreaker, handleType } from 'cockatiel';
import { Outage } from './api';

const PAUSE_MS = { first: 500, longest: 30_000 } as const;

/**
 * Whether Judge0 can be worked with. One outage that anybody meets closes it to all; from then on one
 * examination at a time, after ever longer pauses, finds out whether it has healed, and nothing else
 * is asked of it. Nobody who is told of an outage can be told a moment later that there is none.
 */
export class Health<Found> {
  private readonly breaker = circuitBreaker(handleType(Outage), {
    breaker: new ConsecutiveBreaker(1),
    halfOpenAfter: PAUSE_MS.first / 2,
  });
  private readonly closing = new AbortController();
  private examination: Promise<void> | null = null;
  private healing: Promise<void> | null = null;
  /** As the last examination that went well found it. */
  private well: Found | null = null;
  private illness = 'Judge0 has not answered yet';

  /** `examine` rejects with Outage where Judge0 cannot be worked with. */
  constructor(private readonly examine: (signal: AbortSignal) => Promise<Found>) {
    this.breaker.onBreak(() => {
      this.healing ??= this.heal();
    });
  }

  /** What was found, or why nothing can be done now. */
  get state(): { readonly found: Found } | { readonly outage: string; readonly before: Found | null } {
    if (this.breaker.state === CircuitState.Closed && this.well) return { found: this.well };
    return { outage: this.illness, before: this.well };
  }

  /** For every request of a job. @throws {Outage} at once while there is one */
  async guard<T>(request: () => Promise<T>): Promise<T> {
    if (this.breaker.state !== CircuitState.Closed) throw new Outage(this.illness);
    return this.watched(request);
  }

  /** Examines Judge0 now, or waits for the examination under way. Does not reject. */
  checkUp(): Promise<void> {
    this.examination ??= this.watched(() => this.examine(this.closing.signal))
      .then(
        (found) => void (this.well = found),
        (error: unknown) => this.note(error),
      )
      .finally(() => (this.examination = null));
    return this.examination;
  }

  async close(): Promise<void> {
    this.closing.abort();
    await this.examination;
    await this.healing;
  }

  private async watched<T>(request: () => Promise<T>): Promise<T> {
    try {
      return await this.breaker.execute(request);
    } catch (error) {
      if (error instanceof Outage) this.illness = error.message;
      throw error;
    }
  }

  private async heal(): Promise<void> {
    let pause: number = PAUSE_MS.first;
    while (!this.closing.signal.aborted && this.breaker.state !== CircuitState.Closed) {
      await sleep(pause, undefined, { signal: this.closing.signal, ref: false }).catch((error: unknown) =>
        this.note(error),
      );
      pause = Math.min(2 * pause, PAUSE_MS.longest);
      await this.checkUp();
    }
    // In the same breath as the look at the state: the next outage must find nobody at it.
    this.healing = null;
  }

  /** Whatever an examination fails by is the state to be in, until the next one; closing ends it. */
  private note(error: unknown): void {
    const expected = error instanceof Outage || error instanceof BrokenCircuitError || this.closing.signal.aborted;
    if (!expected) throw error;
  }
}
