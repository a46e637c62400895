import { isIP } from 'node:net';
import type { NextFunction, Request, Response } from 'express';
import { Refusal } from '../contract/refusals';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Whether a browser page from `origin` may act here. With a public URL only its own pages may. Without,
 * a page may that was served under the address it now calls, if that is a number or localhost: a name
 * could be one that somebody pointed at this machine. Callers that are no browsers send no origin.
 */
export function isOwnOrigin(
  publicUrl: string | undefined,
  origin: string | undefined,
  host: string | undefined,
): boolean {
  if (origin === undefined) return true;
  if (publicUrl !== undefined) return origin === new URL(publicUrl).origin;
  if (!URL.canParse(origin)) return false;
  const { host: from, hostname } = new URL(origin);
  const isNumberOrLocal = hostname === 'localhost' || isIP(hostname.replace(/^\[|\]$/g, '')) !== 0;
  return isNumberOrLocal && from === host;
}

/** Refuses changes that a page of another site asks for. */
export const ownOriginOnly =
  (publicUrl: string | undefined) =>
  ({ method, headers }: Request, _: Response, next: NextFunction): void => {
    const foreign = !isOwnOrigin(publicUrl, headers.origin, headers.host) || headers['sec-fetch-site'] === 'cross-site';
    next(!SAFE.has(method) && foreign ? new Refusal('csrf.origin') : undefined);
  };
