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

/** What a page of ours never asks a browser for, nor may anything in it. */
const UNUSED = ['camera', 'microphone', 'geolocation', 'payment', 'usb', 'serial', 'hid', 'midi'];
const PERMISSIONS = UNUSED.map((name) => `${name}=()`).join(', ');

/**
 * The headers of every answer; made once. `secure`: browsers reach us over TLS, and are told to for a year.
 * Only our own host is theirs to remember: others of the same domain may not be ours to speak for.
 */
export function safeHeaders(secure: boolean): RequestHandler {
  const strictTransportSecurity = secure && { maxAge: 31_536_000, includeSubDomains: false };
  const contentSecurityPolicy = { useDefaults: false, directives: DIRECTIVES };
  const guard = helmet({ strictTransportSecurity, contentSecurityPolicy });
  return (request, response, next) => {
    response.setHeader('Permissions-Policy', PERMISSIONS);
    guard(request, response, next);
  };
}

/** For answers that are for whoever asked, and for nobody's cache. */
export const notKept: RequestHandler = (_, response, next) => {
  response.setHeader('Cache-Control', 'no-store');
  next();
};

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
