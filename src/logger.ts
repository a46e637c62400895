import type { LoggerService } from '@nestjs/common';
import pino, { type Level, type Logger } from 'pino';

/** One JSON object a line, on standard error: standard output is for what was asked for. */
export const newLogger = (level: string): Logger =>
  pino(
    { level, timestamp: pino.stdTimeFunctions.isoTime, redact: REDACTED },
    pino.destination({ dest: 2, sync: false }),
  );

/** Never logged, wherever they turn up: what lets somebody in, and what players write. */
const REDACTED = [
  ...['*.authorization', '*.cookie', '*.password', '*.token', '*.accessToken', '*.source'],
  ...['password', 'token', 'accessToken', 'source'],
];

/** Who tells of every module and route at every start. */
const TALKATIVE = new Set(['NestFactory', 'NestApplication', 'InstanceLoader', 'RoutesResolver', 'RouterExplorer']);

/**
 * The log as the framework calls it: a sentence, or facts and a sentence, and then who speaks. Left out
 * is the framework's own account of how it put itself together.
 */
export class FrameworkLog implements LoggerService {
  constructor(private readonly inner: Logger) {}

  log = (message: unknown, ...rest: unknown[]) => this.write('info', message, rest);
  warn = (message: unknown, ...rest: unknown[]) => this.write('warn', message, rest);
  error = (message: unknown, ...rest: unknown[]) => this.write('error', message, rest);
  fatal = (message: unknown, ...rest: unknown[]) => this.write('fatal', message, rest);
  debug = (message: unknown, ...rest: unknown[]) => this.write('debug', message, rest);
  verbose = (message: unknown, ...rest: unknown[]) => this.write('trace', message, rest);

  private write(level: Level, message: unknown, rest: readonly unknown[]): void {
    const context = rest.at(-1);
    if (level === 'info' && TALKATIVE.has(context as string)) return;
    const more = rest.slice(0, -1).filter((one) => typeof one === 'string');
    if (typeof message !== 'object' || message === null) this.inner[level]({ context }, [message, ...more].join('\n'));
    else if (message instanceof Error) this.inner[level]({ context, err: message }, message.message);
    else this.inner[level]({ context, ...message }, more.join('\n'));
  }
}
