import type { NextFunction, Request, Response } from 'express';
import { newId } from '../new-id';

/** Every request gets its id before anything can refuse it: for the log, and for whoever asks us about it. */
export function withRequestId(request: Request, response: Response, next: NextFunction): void {
  request.id = newId('req');
  response.setHeader('X-Request-Id', request.id);
  next();
}
