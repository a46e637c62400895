/** Work on the same thing, one after the other within this process, in the order of asking. */
export class Turns<Key> {
  private readonly last = new Map<Key, Promise<unknown>>();

  /** Resolves or rejects as `work` does. What fails does not keep the next from its turn. */
  take<T>(key: Key, work: () => Promise<T>): Promise<T> {
    const before = this.last.get(key);
    const mine = before ? before.then(work, work) : work();
    this.last.set(key, mine);
    return mine.finally(() => {
      if (this.last.get(key) === mine) this.last.delete(key);
    });
  }
}
