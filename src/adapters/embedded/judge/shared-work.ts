interface Shared<T> {
  readonly result: Promise<T>;
  readonly stop: AbortController;
  waiting: number;
}

/** Does once what several want at the same moment. */
export class SharedWork<T> {
  private readonly going = new Map<string, Shared<T>>();

  /**
   * What `work` makes; the first who wants it begins it, and it rejects for all alike. Whoever aborts leaves at once,
   * with undefined; the last of them ends the work, and leaves when it has ended.
   */
  async join(name: string, signal: AbortSignal, work: (stop: AbortSignal) => Promise<T>): Promise<T | undefined> {
    if (signal.aborted) return undefined;
    const shared = this.going.get(name) ?? this.begin(name, work);
    shared.waiting += 1;
    return new Promise((resolve, reject) => {
      const leave = () => {
        shared.waiting -= 1;
        if (shared.waiting > 0) {
          resolve(undefined);
          return;
        }
        this.forget(name, shared);
        shared.stop.abort();
      };
      signal.addEventListener('abort', leave, { once: true });
      shared.result
        .finally(() => signal.removeEventListener('abort', leave))
        .then((made) => resolve(signal.aborted ? undefined : made), reject);
    });
  }

  private begin(name: string, work: (stop: AbortSignal) => Promise<T>): Shared<T> {
    const stop = new AbortController();
    const result = work(stop.signal).finally(() => this.forget(name, shared));
    const shared: Shared<T> = { result, stop, waiting: 0 };
    this.going.set(name, shared);
    return shared;
  }

  /** Unless others have begun it anew. */
  private forget(name: string, shared: Shared<T>): void {
    if (this.going.get(name) === shared) this.going.delete(name);
  }
}
