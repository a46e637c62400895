import type { LoggerService } from '@nestjs/common';
import pino, { type DestinationStream, type Level, type Logger } from 'pino';

/** One JSON object a line, on standard error: standard output is for what was asked for. */
export const newLogger = (level: string, to: DestinationStream = pino.destination({ dest: 2, sync: false })): Logger =>
  pino({ level, timestamp: pino.stdTimeFunctions.isoTime, redact: REDACTED, serializers: { err: described } }, to);

/** An error as far as it is ours to tell: what a database or a broker hangs on one holds what was to be written. */
function described(error: unknown): object {
  if (!(error instanceof Error)) return { message: 'Something was thrown that is no error' };
  const { name, message, stack, cause } = error;
  const { code } = error as { code?: unknown };
  return {
    ...{ type: name, message, stack },
    ...((typeof code === 'string' || typeof code === 'number') && { code }),
    ...(cause !== undefined && { cause: described(cause) }),
  };
}

/** Never logged, wherever they turn up: what lets somebody in, and what players write. */
const SECRETS = ['authorization', 'cookie', 'password', 'token', 'accessToken', 'source'];
const REDACTED = SECRETS.flatMap((name) => [name, `*.${name}`]);

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
