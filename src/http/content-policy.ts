import { randomBytes } from 'node:crypto';
import type { RequestHandler, Response } from 'express';
import helmet from 'helmet';

/** What anything of ours may load and do. */
const DIRECTIVES = {
  'default-src': ["'self'"],
  'script-src': ["'self'"],
  'style-src-elem': ["'self'"],
  'style-src-attr': ["'unsafe-inline'"],
  'img-src': ["'self'", 'data:'],
  'connect-src': ["'self'"],
  'object-src': ["'none'"],
  'base-uri': ["'none'"],
  'form-action': ["'self'"],
  'frame-ancestors': ["'none'"],
};

/** The headers of every answer; made once. */
export const safeHeaders = (): RequestHandler =>
  helmet({ contentSecurityPolicy: { useDefaults: false, directives: DIRECTIVES } });

/** For a page whose scripts make style elements: those carry the nonce of its response. */
export function withNonce(): RequestHandler {
  const nonced = (_: unknown, response: unknown) => `'nonce-${nonceOf(response as Response)}'`;
  const directives = { ...DIRECTIVES, 'style-src-elem': [...DIRECTIVES['style-src-elem'], nonced] };
  const policy = helmet.contentSecurityPolicy({ useDefaults: false, directives });
  return (request, response, next) => {
    (response.locals as Locals).nonce = randomBytes(16).toString('base64');
    policy(request, response, next);
  };
}

interface Locals {
  nonce?: string;
}

/** What proves that a style element came with this response. */
export const nonceOf = (response: Response): string => (response.locals as Locals).nonce!;
