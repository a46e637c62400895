import { z } from 'zod';
import { NameShape } from '../../contract/shapes';
import type { SignInEnding } from '../../contract/sign-in';
import type { Instant } from '../../contract/terms';
import type { Identity } from '../../store/user.store';
import type { GoogleClient } from '../auth.settings';

/** What Google said of somebody: two answers that have to agree. */
export interface Proof {
  readonly idToken: unknown;
  readonly userinfo: unknown;
}

/** A sign-in came to nothing, and how whoever tried it is told. */
export class SignInFailure extends Error {
  override readonly name = 'SignInFailure';

  /** @param reason for the log: nothing of what was sent is in it */
  constructor(
    readonly ending: SignInEnding,
    reason: string,
  ) {
    super(reason);
  }
}

const IdToken = z.object({
  iss: z.string(),
  sub: z.string().min(1).max(255),
  aud: z.union([z.string().transform((one) => [one]), z.array(z.string())]),
  exp: z.number(),
  nonce: z.string(),
});
const Userinfo = z.object({
  sub: z.string(),
  email_verified: z.unknown(),
  name: z.string().optional(),
  picture: z.string().optional(),
});

/**
 * Who somebody is, by OpenID Connect Core 3.1.3.7 and 5.3.2: issuer and subject, never his mail address. The
 * ID token came from the provider itself over TLS, which stands for its signature there (step 6).
 *
 * @throws {SignInFailure} when anything does not fit
 */
export function identityOf(
  { idToken, userinfo }: Proof,
  { id, provider: { issuer } }: GoogleClient,
  nonce: string,
  now: Instant,
): Identity {
  const claims = IdToken.safeParse(payloadOf(idToken)).data;
  const person = Userinfo.safeParse(userinfo).data;
  if (!claims || !person) throw new SignInFailure('failed', 'What Google says is not what OpenID Connect says it is');
  const wrong = [
    // Google writes its name with and without the scheme.
    ...(claims.iss === issuer || `https://${claims.iss}` === issuer ? [] : ['issuer']),
    ...(claims.aud.length === 1 && claims.aud[0] === id ? [] : ['audience']),
    ...(claims.exp * 1000 > now ? [] : ['expiry']),
    ...(claims.nonce === nonce ? [] : ['nonce']),
    ...(claims.sub === person.sub ? [] : ['subject']),
  ];
  if (wrong.length > 0) throw new SignInFailure('failed', `The ID token has another ${wrong.join(', ')}`);
  if (person.email_verified !== true) throw new SignInFailure('unverified', 'The mail address is not verified');
  return { issuer, subject: claims.sub, name: nameFrom(person.name ?? ''), avatarUrl: pictureFrom(person.picture) };
}

/** What a name of ours may hold of a name of theirs. */
function nameFrom(given: string): string {
  const visible = given
    .replace(/\s/gu, ' ')
    .replace(/[\p{C}\u115F\u1160\u3164\uFFA0]/gu, '')
    .replace(/ +/g, ' ');
  const cut = visible
    .normalize('NFC')
    .trim()
    .slice(0, 32)
    .replace(/\p{Cs}$/u, '');
  return NameShape.safeParse(cut).data ?? 'Player';
}

const pictureFrom = (given: string | undefined): string | null =>
  given !== undefined && given.length <= 500 && URL.canParse(given) && given.startsWith('https://') ? given : null;

/** The middle part of a signed token. */
function payloadOf(token: unknown): unknown {
  if (typeof token !== 'string') return null;
  try {
    return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
