import { Refusal } from '../contract/refusals';

const TRY_AGAIN_SECONDS = 10;

/** Work of which little is done at once. Every caller has a line of his own, and lines take turns: whoever brings much keeps nobody waiting but himself. */
export class Lines {
  private readonly waiting = new Map<string, (() => void)[]>();
  private running = 0;

  constructor(
    private readonly atOnce: number,
    private readonly longest: number,
  ) {}

  /** Resolves or rejects as `work` does. @throws {Refusal} server.unavailable where too much of this caller's waits */
  async take<T>(caller: string, work: () => Promise<T>): Promise<T> {
    if (this.running < this.atOnce) this.running += 1;
    else await this.turn(caller);
    try {
      return await work();
    } finally {
      this.next();
    }
  }

  private turn(caller: string): Promise<void> {
    const line = this.waiting.get(caller) ?? [];
    if (line.length >= this.longest) throw new Refusal('server.unavailable', undefined, TRY_AGAIN_SECONDS);
    this.waiting.set(caller, line);
    return new Promise((begin) => line.push(begin));
  }

  private next(): void {
    for (const [caller, line] of this.waiting) {
      // Behind all others.
      this.waiting.delete(caller);
      const begin = line.shift()!;
      if (line.length > 0) this.waiting.set(caller, line);
      begin();
      return;
    }
    this.running -= 1;
  }
}
