/** What a browser keeps, for as long as a test runs; `room` is how many characters fit. */
export class MemoryStorage implements Storage {
  [name: string]: unknown;
  private readonly kept = new Map<string, string>();

  constructor(private readonly room = Infinity) {}

  get length(): number {
    return this.kept.size;
  }

  key(index: number): string | null {
    return [...this.kept.keys()][index] ?? null;
  }

  getItem(key: string): string | null {
    return this.kept.get(key) ?? null;
  }

  setItem(key: string, value: string): void {
    const others = [...this.kept]
      .filter(([name]) => name !== key)
      .reduce((sum, [name, text]) => sum + name.length + text.length, 0);
    if (others + key.length + value.length > this.room) throw new DOMException('It is full', 'QuotaExceededError');
    this.kept.set(key, value);
  }

  removeItem(key: string): void {
    this.kept.delete(key);
  }

  clear(): void {
    this.kept.clear();
  }
}
