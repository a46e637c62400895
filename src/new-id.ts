import { randomInt, randomUUID } from 'node:crypto';

export const newId = <P extends string>(prefix: P): `${P}_${string}` => `${prefix}_${randomUUID()}`;

/** No I, L, O and U: what is left cannot be misread or misspelt (Crockford's base 32). */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const letters = (count: number) => Array.from({ length: count }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');

/** 40 random bits that a person can read out and type. */
export const newRoomCode = (): string => letters(8);
export const newPassword = (): string => letters(6);

/** What a person typed, as a code: any case, with blanks and dashes or whatever else is no letter or digit, an O for a zero. */
export const readRoomCode = (typed: string): string =>
  typed
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');
