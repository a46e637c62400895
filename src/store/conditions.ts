/**
 * The conditions of a query whose filters may be left out. Only those that are asked for are in it, so that each
 * combination gets a plan of its own.
 */
export class Conditions {
  readonly values: unknown[] = [];
  private readonly texts: string[] = [];

  /** Each `?` stands for the next of these values. Where the first is null or undefined, there is no such condition. */
  add(text: string, ...values: readonly unknown[]): void {
    if (values.length > 0 && (values[0] ?? null) === null) return;
    let next = 0;
    this.texts.push(text.replace(/\?/g, () => this.value(values[next++])));
  }

  /** A value beyond the conditions, by the name under which it may be used. */
  value(value: unknown): string {
    return `$${this.values.push(value)}`;
  }

  get sql(): string {
    return this.texts.length > 0 ? `WHERE ${this.texts.join(' AND ')}` : '';
  }
}
