import { Injectable } from '@nestjs/common';
import { TokenExpiredError } from '@nestjs/jwt';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { Refusal } from '../contract/refusals';
import { SessionIdShape, UserIdShape } from '../contract/shapes';
import type { Instant, SessionId, UserId } from '../contract/terms';
import { Clock } from '../ports';
import { SigningKeys } from './signing-keys';

/** What an access token says. It says nothing about rights: those are looked up. */
export interface Claims {
  readonly userId: UserId;
  readonly sessionId: SessionId;
  readonly expiresAt: Instant;
}

const Payload = z.object({
  sub: UserIdShape,
  sid: SessionIdShape,
  exp: z.number(),
});

const LIFETIME_MS = 15 * 60_000;
/** RFC 9068: so that no other token we may ever sign passes for an access token. */
const TYPE = 'at+jwt';

/** How many tokens are remembered: a signature is worth checking once. */
const REMEMBERED = 20_000;

@Injectable()
export class AccessTokens {
  private readonly verified = new LRUCache<string, Claims>({ max: REMEMBERED });

  constructor(
    private readonly keys: SigningKeys,
    private readonly clock: Clock,
  ) {}

  sign(userId: UserId, sessionId: SessionId): { accessToken: string; expiresAt: Instant } {
    const { token, expiresAt } = this.keys.sign(TYPE, { sub: userId, sid: sessionId }, this.clock.now(), LIFETIME_MS);
    return { accessToken: token, expiresAt };
  }

  /** @throws {Refusal} auth.expired for a token of ours that is too old, auth.required for anything else. */
  verify(token: string): Claims {
    const known = this.verified.get(token);
    if (known && this.clock.now() < known.expiresAt) return known;
    const claims = this.claimsOf(token);
    this.verified.set(token, claims);
    return claims;
  }

  private claimsOf(token: string): Claims {
    const claims = Payload.safeParse(this.payloadOf(token));
    if (!claims.success) throw new Refusal('auth.required');
    const { sub, sid, exp } = claims.data;
    return { userId: sub, sessionId: sid, expiresAt: exp * 1000 };
  }

  private payloadOf(token: string): unknown {
    try {
      return this.keys.verify(TYPE, token, this.clock.now());
    } catch (error) {
      // Whatever else the library dislikes about a token, it is not one of ours.
      throw new Refusal(error instanceof TokenExpiredError ? 'auth.expired' : 'auth.required');
    }
  }
}
