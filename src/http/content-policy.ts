import { randomBytes } from 'node:crypto';
import type { RequestHandler, Response } from 'express';
import helmet from 'helmet';

/** Headers that say what a page of ours may load and do. Style elements that scripts make carry the response's nonce. */
export function contentPolicy(): RequestHandler {
  const withPolicy = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'self'"],
        'script-src': ["'self'"],
        'style-src-elem': ["'self'", (_, response) => `'nonce-${nonceOf(response as Response)}'`],
        'style-src-attr': ["'unsafe-inline'"],
        'img-src': ["'self'", 'data:'],
        'connect-src': ["'self'"],
        'object-src': ["'none'"],
        'base-uri': ["'none'"],
        'form-action': ["'self'"],
        'frame-ancestors': ["'none'"],
      },
    },
  });
  return (request, response, next) => {
    (response.locals as Locals).nonce = randomBytes(16).toString('base64');
    withPolicy(request, response, next);
  };
}

interface Locals {
  nonce?: string;
}

/** What proves that a style element came with this response. */
export const nonceOf = (response: Response): string => (response.locals as Locals).nonce!;
