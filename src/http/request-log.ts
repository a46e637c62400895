import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import type { Logger } from 'pino';
import type { Metrics } from '../metrics';
import { newId } from '../new-id';

declare module 'express-serve-static-core' {
  interface Request {
    /** Names the request in the log and in every refusal. */
    id: string;
  }
}

const templateOf = ({ route }: Request): string =>
  (route as { path?: unknown } | undefined)?.path?.toString() ?? 'none';

/** Of a path only what can be no secret: plain words, and ids of ours. Somebody may have put there what he should not. */
const PLAIN = /^([a-z][a-z0-9.-]{0,30}|(room|user|sub|trial|sess)_[\w-]{1,60})?$/;
const loggable = (path: string) =>
  path
    .split('/')
    .map((part) => (PLAIN.test(part) ? part : '…'))
    .join('/');

/**
 * Gives every request its id before anything can refuse it, and notes how it ended: what was refused
 * at info, what failed at error, the rest at debug. Neither bodies nor headers nor queries are noted.
 */
export const identify =
  (log: Logger, metrics: Metrics) =>
  (request: Request, response: Response, next: NextFunction): void => {
    const begunAt = performance.now();
    const { method, path } = request;
    request.id = newId('req');
    response.setHeader('X-Request-Id', request.id);
    response.on('finish', () => {
      const { statusCode: status } = response;
      metrics.noteRequest(method, templateOf(request), status, (performance.now() - begunAt) / 1000);
      const level = status >= 500 ? 'error' : status >= 400 ? 'info' : 'debug';
      if (!log.isLevelEnabled(level)) return;
      const ms = Math.round(performance.now() - begunAt);
      log[level]({ context: 'http', request: request.id, method, path: loggable(path), status, ms }, 'request');
    });
    next();
  };

/** The id of the request, for whoever stores or logs what came of it. */
export const RequestId = createParamDecorator(
  (_: unknown, context: ExecutionContext): string => context.switchToHttp().getRequest<Request>().id,
);
