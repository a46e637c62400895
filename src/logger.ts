import type { IncomingMessage } from 'node:http';
import type { DynamicModule, LoggerService } from '@nestjs/common';
import { LoggerModule } from 'nestjs-pino';
import pino, { type Logger } from 'pino';

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

/** Requests carry an id through the log and back to their caller. Bodies and headers are not logged. */
export function loggerModule(level: string): DynamicModule {
  return LoggerModule.forRoot({
    pinoHttp: {
      logger: newLogger(level),
      genReqId: ({ id }: IncomingMessage) => id,
      quietReqLogger: true,
      customLogLevel: (_, { statusCode }, error) =>
        error || statusCode >= 500 ? 'error' : statusCode >= 400 ? 'info' : 'debug',
      serializers: {
        req: ({ id, method, url }: { id: string; method: string; url: string }) => ({
          id,
          method,
          path: url.split('?')[0],
        }),
        res: ({ statusCode }: { statusCode: number }) => ({ status: statusCode }),
      },
    },
  });
}

/** Who tells of every module and route at every start. */
const TALKATIVE = new Set(['NestFactory', 'NestApplication', 'InstanceLoader', 'RoutesResolver', 'RouterExplorer']);

/** The log, without the framework's account of how it put itself together. */
export class QuietStart implements LoggerService {
  constructor(private readonly inner: LoggerService) {}

  log(message: unknown, ...rest: unknown[]): void {
    if (!TALKATIVE.has(rest.at(-1) as string)) this.inner.log(message, ...rest);
  }
  error(message: unknown, ...rest: unknown[]): void {
    this.inner.error(message, ...rest);
  }
  warn(message: unknown, ...rest: unknown[]): void {
    this.inner.warn(message, ...rest);
  }
  debug(message: unknown, ...rest: unknown[]): void {
    this.inner.debug?.(message, ...rest);
  }
}
