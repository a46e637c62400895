import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { SessionIdShape } from '../../contract/shapes';
import { Clock } from '../../ports';
import { Cookies } from '../cookies';
import { SigningKeys } from '../signing-keys';

const LIFETIME_MS = 10 * 60_000;
const TYPE = 'sign-in+jwt';

const Departure = z.object({
  /** Comes back in the address: who comes back is the browser that left. */
  state: z.string(),
  /** Comes back within the ID token: it was made for this departure. */
  nonce: z.string(),
  /** Proves to the provider that who fetches the tokens is who asked for them (PKCE, RFC 7636). */
  verifier: z.string(),
  /** A path of ours. */
  returnTo: z.string(),
  /** What the browser was signed into when it left. */
  sessionId: SessionIdShape.nullable(),
});
export type Departure = z.infer<typeof Departure>;

const random = (): string => randomBytes(32).toString('base64url');

/** Who has left for Google: remembered for ten minutes, in a signed cookie of the browser that left. */
@Injectable()
export class Departures {
  constructor(
    private readonly cookies: Cookies,
    private readonly keys: SigningKeys,
    private readonly clock: Clock,
  ) {}

  /** Notes that this browser leaves, in place of what was noted of an earlier time. Says by which state it will be known. */
  note(response: Response, leaving: Omit<Departure, 'state'>): string {
    const state = random();
    this.cookies.set(response, 'departure', this.keys.sign(TYPE, { ...leaving, state }, this.clock.now(), LIFETIME_MS));
    return state;
  }

  /** How the browser that comes back here left; null where it did not, or too long ago, or was given somebody else's address. */
  of(request: Request): Departure | null {
    const cookie = this.cookies.read(request, 'departure');
    const departure = cookie === undefined ? null : this.read(cookie);
    return departure !== null && departure.state === request.query['state'] ? departure : null;
  }

  /** It is back, and cannot come back again. */
  forget(response: Response): void {
    this.cookies.clear(response, 'departure');
  }

  private read(cookie: string): Departure | null {
    try {
      return Departure.safeParse(this.keys.verify(TYPE, cookie, this.clock.now())).data ?? null;
    } catch {
      // Whatever the library dislikes about it: it is not ours, or too old.
      return null;
    }
  }
}

export const newNonce = random;

/** An address on this site: one slash, then nothing that a browser could take for another host. Else the start page. */
export function ownPath(asked: string | undefined): string {
  const isOwn = asked !== undefined && /^\/(?!api\/)[!-[\]-~]*$/.test(asked) && !asked.includes('//');
  return isOwn ? asked : '/';
}
