import { createHash, createSecretKey } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import type { Instant } from '../contract/terms';
import { AuthSettings } from './auth.settings';

/** What a token is for (RFC 8725, 3.11): one of a kind never passes for one of another. */
type TokenType = 'at+jwt' | 'sign-in+jwt';
const NAMES = { issuer: 'joust', audience: 'joust' } as const;

/**
 * Signs tokens with the newest key and accepts those of the others as well, so that a key can be changed
 * without signing anybody out. A token says by `kid` which key it was signed with.
 */
@Injectable()
export class SigningKeys {
  private readonly keys: ReadonlyMap<string, JwtService>;
  private readonly newest: string;

  constructor({ secrets }: AuthSettings) {
    // As keys: a string would be tried as a public key first, again at every request.
    const serviceOf = (secret: string) => new JwtService({ secret: createSecretKey(secret, 'utf8') });
    this.keys = new Map(secrets.map((secret) => [nameOf(secret), serviceOf(secret)]));
    this.newest = nameOf(secrets[0]);
  }

  /** `lifetimeMs` is cut to whole seconds, as is the moment it begins. */
  sign(type: TokenType, content: object, now: Instant, lifetimeMs: number): { token: string; expiresAt: Instant } {
    const iat = Math.floor(now / 1000);
    const exp = iat + Math.floor(lifetimeMs / 1000);
    const header = { alg: 'HS256', typ: type, kid: this.newest };
    const token = this.of(this.newest)!.sign({ ...content, iat, exp }, { ...NAMES, algorithm: 'HS256', header });
    return { token, expiresAt: exp * 1000 };
  }

  /**
   * What a token of ours says, unless it has expired.
   *
   * @throws {Error} for one that has expired the library's TokenExpiredError; for any other some error of the library's
   */
  verify(type: TokenType, token: string, now: Instant): unknown {
    const named = this.of(this.newest)!.decode<{ header: { kid?: unknown } } | null>(token, { complete: true });
    const key = this.of(named?.header.kid);
    if (!key) throw new Error('This token names no key of ours');
    const clockTimestamp = Math.floor(now / 1000);
    const verified: { header: { typ?: string }; payload: unknown } = key.verify(token, {
      ...NAMES,
      algorithms: ['HS256'],
      clockTimestamp,
      complete: true,
    });
    if (verified.header.typ !== type) throw new Error('This token is for something else');
    return verified.payload;
  }

  private of(kid: unknown): JwtService | undefined {
    return typeof kid === 'string' ? this.keys.get(kid) : undefined;
  }
}

/** Tells one key from another, and nothing about either. */
const nameOf = (secret: string): string => createHash('sha256').update(`kid ${secret}`).digest('base64url').slice(0, 8);
