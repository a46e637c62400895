import { randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto';
import { bulkhead } from 'cockatiel';

/** OWASP's setting for scrypt: 32 MiB and a good tenth of a second, so that guessing is slow. */
const COST: ScryptOptions = { N: 2 ** 15, r: 8, p: 3, maxmem: 64 * 1024 * 1024 };
const KEY_BYTES = 32;

/** At most two at once: whoever floods us with passwords waits in his own line, and memory stays bounded. */
const oneOfTwo = bulkhead(2, 1000);

export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  return `scrypt:${salt.toString('base64url')}:${(await derive(password, salt)).toString('base64url')}`;
}

export async function isPassword(password: string, hash: string): Promise<boolean> {
  const [, salt, key] = hash.split(':');
  const derived = await derive(password, Buffer.from(salt!, 'base64url'));
  return timingSafeEqual(derived, Buffer.from(key!, 'base64url'));
}

const derive = (password: string, salt: Buffer): Promise<Buffer> =>
  oneOfTwo.execute(
    () =>
      new Promise<Buffer>((resolve, reject) => {
        scrypt(password.normalize('NFC'), salt, KEY_BYTES, COST, (error, key) =>
          error ? reject(error) : resolve(key),
        );
      }),
  );
