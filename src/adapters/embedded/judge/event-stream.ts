/** What is pushed by some comes out by iteration for one, in order, and ends when told to. */
export class EventStream<T> implements AsyncIterable<T> {
  private readonly events: T[] = [];
  private ended = false;
  private wake: () => void = () => undefined;

  push(event: T): void {
    this.events.push(event);
    this.wake();
  }

  end(): void {
    this.ended = true;
    this.wake();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void> {
    for (;;) {
      const event = this.events.shift();
      if (event !== undefined) yield event;
      else if (this.ended) return;
      else await new Promise<void>((resolve) => (this.wake = resolve));
    }
  }
}
