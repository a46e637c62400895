import { z } from 'zod';
import { Refusal } from '../contract/refusals';
import { TextShape } from '../contract/shapes';

export const PAGE_SIZE = 50;
const Position = z.number().int();

export interface Page<T> {
  readonly items: readonly T[];
  /** The cursor of the next page, or null after the last one. */
  readonly next: string | null;
}

/** One page of rows of which one more was asked for, to know whether there are more. */
export function page<T>(rows: readonly T[], keyOf: (row: T) => readonly (string | number)[]): Page<T> {
  const items = rows.slice(0, PAGE_SIZE);
  const last = items.at(-1);
  const more = rows.length > PAGE_SIZE && last !== undefined;
  return { items, next: more ? Buffer.from(JSON.stringify(keyOf(last))).toString('base64url') : null };
}

/**
 * The key in a cursor, or null for the first page. A sample says what its parts are.
 *
 * @throws {Refusal} request.malformed for one that we did not make
 */
export function readCursor<K extends readonly (string | number)[]>(cursor: string | undefined, sample: K): K | null {
  if (cursor === undefined) return null;
  const key = parsed(Buffer.from(cursor, 'base64url').toString());
  const fits =
    Array.isArray(key) &&
    key.length === sample.length &&
    key.every((part, i) => (typeof sample[i] === 'number' ? Position : TextShape).safeParse(part).success);
  if (!fits) throw new Refusal('request.malformed', [{ path: 'cursor', message: 'This is not a cursor of ours.' }]);
  return key as unknown as K;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
