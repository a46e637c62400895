import type { NextFunction, Request, Response } from 'express';
import { newId } from '../new-id';

/** Gives every request its id before anything can refuse it: the log and every refusal name it. */
export function identify(request: Request, response: Response, next: NextFunction): void {
  request.id = newId('req');
  response.setHeader('X-Request-Id', request.id);
  next();
}
