import type { Instant } from './terms';

/*
 * Inside, a moment is a number of milliseconds; on the wire it is an ISO-8601 string in UTC. Names
 * make the difference plain: a key that ends in `At`, an event's `at`, or `serverNow` holds a moment, and no other key does.
 */

type MomentKey = `${string}At` | 'at' | 'serverNow';
const isMomentKey = (key: string) => key.endsWith('At') || key === 'at' || key === 'serverNow';

/** A wire type as the inside sees it: every `…At` is an {@link Instant}. */
export type Inside<T> = T extends readonly (infer U)[]
  ? readonly Inside<U>[]
  : T extends object
    ? {
        [K in keyof T]: K extends MomentKey
          ? T[K] extends string
            ? Instant
            : T[K] extends string | null
              ? Instant | null
              : Inside<T[K]>
          : Inside<T[K]>;
      }
    : T;

/** Turns every moment in a plain value into its ISO string. */
export function toWire(value: unknown): unknown {
  return mapMoments(value, (moment) => (typeof moment === 'number' ? new Date(moment).toISOString() : moment));
}

/** Turns every ISO moment in a plain value into a number. The inverse of {@link toWire}. */
export function fromWire<T>(value: T): Inside<T> {
  return mapMoments(value, (moment) => (typeof moment === 'string' ? Date.parse(moment) : moment)) as Inside<T>;
}

function mapMoments(value: unknown, change: (moment: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => mapMoments(item, change));
  if (typeof value !== 'object' || value === null) return value;
  const changed: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(value))
    changed[key] = isMomentKey(key) ? change(inner) : typeof inner === 'object' ? mapMoments(inner, change) : inner;
  return changed;
}
