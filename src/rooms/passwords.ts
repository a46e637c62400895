import { randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto';
import { Lines } from './lines';

/** OWASP's setting for scrypt: 32 MiB and a good tenth of a second, so that guessing is slow. */
const COST: ScryptOptions = { N: 2 ** 15, r: 8, p: 3, maxmem: 64 * 1024 * 1024 };
const KEY_BYTES = 32;

/** At most two at once: whoever floods us with passwords waits in his own line, and memory stays bounded. */
const lines = new Lines(2, 1000);

/** `caller`: in whose line it waits. @throws {Refusal} server.unavailable where that is too long, as {@link isPassword} */
export async function hashPassword(password: string, caller: string): Promise<string> {
  const salt = randomBytes(16);
  return `scrypt:${salt.toString('base64url')}:${(await derive(password, salt, caller)).toString('base64url')}`;
}

export async function isPassword(password: string, hash: string, caller: string): Promise<boolean> {
  const [, salt, key] = hash.split(':');
  const derived = await derive(password, Buffer.from(salt!, 'base64url'), caller);
  return timingSafeEqual(derived, Buffer.from(key!, 'base64url'));
}

const derive = (password: string, salt: Buffer, caller: string): Promise<Buffer> =>
  lines.take(
    caller,
    () =>
      new Promise<Buffer>((resolve, reject) => {
        scrypt(password.normalize('NFC'), salt, KEY_BYTES, COST, (error, key) =>
          error ? reject(error) : resolve(key),
        );
      }),
  );
