import { Injectable } from '@nestjs/common';
import { JwtService, TokenExpiredError } from '@nestjs/jwt';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { Refusal } from '../contract/refusals';
import { SessionIdShape, UserIdShape } from '../contract/shapes';
import type { Instant, SessionId, UserId } from '../contract/terms';
import { Clock } from '../ports';

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
const NAMES = { issuer: 'joust', audience: 'joust' } as const;

/** How many tokens are remembered: a signature is worth checking once. */
const REMEMBERED = 20_000;

@Injectable()
export class AccessTokens {
  private readonly verified = new LRUCache<string, Claims>({ max: REMEMBERED });

  constructor(
    private readonly jwt: JwtService,
    private readonly clock: Clock,
  ) {}

  sign(userId: UserId, sessionId: SessionId): { accessToken: string; expiresAt: Instant } {
    const issuedAt = Math.floor(this.clock.now() / 1000);
    const exp = issuedAt + LIFETIME_MS / 1000;
    const accessToken = this.jwt.sign(
      { sub: userId, sid: sessionId, iat: issuedAt, exp },
      { ...NAMES, algorithm: 'HS256', header: { alg: 'HS256', typ: TYPE } },
    );
    return { accessToken, expiresAt: exp * 1000 };
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
    const { header, payload } = this.decode(token);
    const claims = Payload.safeParse(payload);
    if (header.typ !== TYPE || !claims.success) throw new Refusal('auth.required');
    const { sub, sid, exp } = claims.data;
    return { userId: sub, sessionId: sid, expiresAt: exp * 1000 };
  }

  private decode(token: string): { header: { typ?: string }; payload: unknown } {
    try {
      const clockTimestamp = Math.floor(this.clock.now() / 1000);
      return this.jwt.verify(token, { ...NAMES, algorithms: ['HS256'], clockTimestamp, complete: true });
    } catch (error) {
      // Whatever else the library dislikes about a token, it is not one of ours.
      throw new Refusal(error instanceof TokenExpiredError ? 'auth.expired' : 'auth.required');
    }
  }
}
