/** What was sent and what came of it, for whoever looks at the end. */
export class Report {
  private readonly counts = new Map<string, Map<string, number>>();
  readonly failures: string[] = [];
  total = 0;

  constructor(readonly what: string) {}

  count(kind: string, outcome: string | number): void {
    this.total += 1;
    const row = this.counts.get(kind) ?? new Map<string, number>();
    row.set(String(outcome), (row.get(String(outcome)) ?? 0) + 1);
    this.counts.set(kind, row);
  }

  /** Said at once, with all it takes to do it again. */
  fail(sentence: string, again: object): void {
    const line = `${sentence}\n  ${JSON.stringify(again).slice(0, 4_000)}`;
    if (this.failures.length < 20) process.stdout.write(`FAILED: ${line}\n`);
    this.failures.push(line);
  }

  print(seconds: number): void {
    const perSecond = Math.round(this.total / seconds);
    process.stdout.write(
      `\n${this.total} ${this.what} in ${seconds.toFixed(1)} s (${perSecond}/s), failures: ${this.failures.length}\n`,
    );
    for (const [kind, row] of [...this.counts].sort(([a], [b]) => a.localeCompare(b))) {
      const outcomes = [...row]
        .sort(([a], [b]) => a.localeCompare(b))
        .map(([outcome, count]) => `${outcome}: ${count}`);
      process.stdout.write(`  ${kind.padEnd(44)} ${outcomes.join('  ')}\n`);
    }
  }
}
