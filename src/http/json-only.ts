import type { NextFunction, Request, Response } from 'express';
import { Refusal } from '../contract/refusals';
import { isPlainText } from './plain-text';

/** JSON is UTF-8 (RFC 8259). */
const OTHER_CHARSET = /charset=(?!"?utf-8)/i;

/** A body comes as JSON. Under any other name it would not be read, and pass for no body at all. */
export function jsonOnly(request: Request, _: Response, next: NextFunction): void {
  if (isPlainText(request)) {
    next();
    return;
  }
  const { 'content-length': length, 'content-type': type = '' } = request.headers;
  if (type === 'application/json') {
    next();
    return;
  }
  const isForeign = length !== '0' && (request.is('application/json') === false || OTHER_CHARSET.test(type));
  next(isForeign ? new Refusal('request.malformed', [{ path: '', message: 'A body has to be JSON.' }]) : undefined);
}
