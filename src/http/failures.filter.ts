import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Refusal, type RefusalBody, type RefusalCode } from '../contract/refusals';
import { isUnreachable } from '../store/unreachable';

/** What the framework refuses before we are asked, by its status. */
const FOREIGN: Readonly<Record<number, RefusalCode>> = {
  401: 'auth.required',
  403: 'auth.forbidden',
  404: 'request.unknown-path',
  413: 'source.too-large',
};

/** Any error as the refusal its caller gets. What is not a refusal, and not a foreign one, is a fault. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  const status = error instanceof HttpException ? error.getStatus() : statusOf(error);
  // First of all: a caller who hangs up in the middle of his body has the code of a lost connection, too.
  if (status >= 400 && status < 500) return new Refusal(FOREIGN[status] ?? 'request.malformed');
  if (isUnreachable(error)) return new Refusal('server.unavailable', undefined, 2);
  return new Refusal('server.fault');
}

/** Parsers of bodies and paths carry the status they want on the error. */
function statusOf(error: unknown): number {
  if (error instanceof URIError) return 400;
  const { status } = (error ?? {}) as { status?: unknown };
  return error instanceof Error && typeof status === 'number' ? status : 500;
}

/** A refusal reaches the caller as its code; a fault reaches the log, and the caller learns only that there was one. */
@Catch()
export class Failures implements ExceptionFilter {
  private readonly log = new Logger('http');

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    const refusal = refusalOf(error);
    if (refusal.status >= 500 && refusal !== error) this.log.error({ err: error, request: request.id }, refusal.code);
    if (response.headersSent) {
      response.end();
      return;
    }
    if (refusal.status === 401) response.setHeader('WWW-Authenticate', 'Bearer');
    if (refusal.retryAfterSeconds !== undefined)
      response.setHeader('Retry-After', Math.ceil(refusal.retryAfterSeconds));
    const { code, message, details } = refusal;
    const requestId = request.id;
    const body: RefusalBody = { error: { code, message, ...(details !== undefined && { details }), requestId } };
    response.status(refusal.status).json(body);
  }
}
