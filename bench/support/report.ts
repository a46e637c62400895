import { availableParallelism, cpus, loadavg } from 'node:os';

/** What a figure is held against. Shown as met or missed, never asserted. */
export interface Goal {
  readonly most?: number;
  readonly least?: number;
}

export interface Measurement {
  readonly part: string;
  readonly what: string;
  readonly unit: string;
  readonly value: number;
  /** The same by bare means, in the same run. */
  readonly bare?: number;
  readonly goal?: Goal;
  /** What the goal is about, where that is not `value`: mostly its ratio to `bare`. */
  readonly judged?: number;
  readonly note?: string;
}

const rounded = (value: number) => Number(value.toPrecision(4));

const verdictOf = ({ value, judged = value, goal }: Measurement): 'met' | 'missed' | '' => {
  if (!goal) return '';
  return judged <= (goal.most ?? Infinity) && judged >= (goal.least ?? -Infinity) ? 'met' : 'missed';
};

/** Collects measurements: each is a line of JSON at once, and a row of the table at the end. */
export class Report {
  private readonly rows: Measurement[] = [];

  add(measurement: Measurement): void {
    this.rows.push(measurement);
    this.line({ ...measurement, verdict: verdictOf(measurement) });
  }

  /** Says something about the run that is no measurement. */
  line(facts: object): void {
    const plain = (_: string, value: unknown) => (typeof value === 'number' ? rounded(value) : value);
    process.stdout.write(`${JSON.stringify(facts, plain)}\n`);
  }

  table(): void {
    const head = ['part', 'what', 'value', 'bare', 'ratio', 'goal', ''];
    const cells = this.rows.map((row) => {
      const { part, what, unit, value, bare, goal, judged } = row;
      const ratio = bare === undefined ? '' : (value / bare).toFixed(2);
      const bound = !goal ? '' : goal.least === undefined ? `<= ${goal.most}` : `>= ${goal.least}`;
      const about = goal && judged !== undefined && judged !== value ? `${bound} (${judged.toFixed(2)})` : bound;
      const shown = [`${rounded(value)} ${unit}`, bare === undefined ? '' : `${rounded(bare)}`];
      return [part, what, ...shown, ratio, about, verdictOf(row)];
    });
    const widths = head.map((_, column) => Math.max(...[head, ...cells].map((line) => line[column]!.length)));
    for (const line of [head, widths.map((width) => '-'.repeat(width)), ...cells])
      process.stdout.write(
        `${line
          .map((cell, column) => cell.padEnd(widths[column]!))
          .join('  ')
          .trimEnd()}\n`,
      );
  }
}

/** What the figures were taken on. A load near the number of cores before we begin says: not alone. */
export const machine = () => ({
  node: process.version,
  cores: availableParallelism(),
  processor: cpus()[0]?.model ?? 'unknown',
  loadAverage: loadavg().map((load) => Number(load.toFixed(2))),
});
