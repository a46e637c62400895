type LogLevel = 'info' | 'warn' | 'error';
/** Hears PostgreSQL's own words, a line at a time, without the line's end. */
export type Log = (level: LogLevel, line: string) => void;

/** An ERROR is no more than news: a statement was refused, and whoever sent it was told. */
const LEVELS: Readonly<Record<string, LogLevel>> = {
  LOG: 'info',
  WARNING: 'warn',
  ERROR: 'info',
  FATAL: 'error',
  PANIC: 'error',
};
/** What a stop does to connections, and no fault. */
const STOPPED = 'terminating connection due to administrator command';
const KEPT_LINES = 20;

/** Reads what PostgreSQL writes: passes it on with a level, keeps the last lines for an error, notices that it is ready. */
export class PostgresLog {
  private level: LogLevel = 'info';
  private readonly kept: string[] = [];
  readonly ready: Promise<void>;
  private becomeReady!: () => void;

  constructor(private readonly log: Log) {
    this.ready = new Promise((resolve) => (this.becomeReady = resolve));
  }

  readonly hear = (line: string): void => {
    const severity = /^([A-Z]+): {2}/.exec(line)?.[1] ?? '';
    // a HINT or a continued line is as grave as what it follows
    this.level = line.includes(STOPPED) ? 'info' : (LEVELS[severity] ?? this.level);
    this.kept.push(line);
    if (this.kept.length > KEPT_LINES) this.kept.shift();
    this.log(this.level, line);
    if (line.includes('database system is ready to accept connections')) this.becomeReady();
  };

  tail(): string {
    return this.kept.join('\n');
  }
}
