import { Injectable } from '@nestjs/common';
import type { CookieOptions, Request, Response } from 'express';
import type { Instant } from '../contract/terms';
import { AuthSettings } from './auth.settings';

/** What a browser keeps for us; no script of a page can read it. */
const NAMES = { refresh: 'joust_refresh', departure: 'joust_departure' } as const;
type CookieName = keyof typeof NAMES;

@Injectable()
export class Cookies {
  private readonly prefix: string;
  private readonly options: CookieOptions;

  constructor({ secure }: AuthSettings) {
    this.prefix = secure ? '__Host-' : '';
    // A __Host- cookie has to be valid for the whole host; a plain one need not be.
    this.options = { httpOnly: true, sameSite: 'lax', secure, path: secure ? '/' : '/api/auth' };
  }

  read(request: Request, name: CookieName): string | undefined {
    const cookies = request.cookies as Readonly<Record<string, unknown>>;
    const value = cookies[this.prefix + NAMES[name]];
    return typeof value === 'string' ? value : undefined;
  }

  set(response: Response, name: CookieName, { token, expiresAt }: { token: string; expiresAt: Instant }): void {
    response.cookie(this.prefix + NAMES[name], token, { ...this.options, expires: new Date(expiresAt) });
  }

  clear(response: Response, name: CookieName): void {
    response.clearCookie(this.prefix + NAMES[name], this.options);
  }
}
