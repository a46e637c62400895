import type { Instant } from '../../src/contract/terms';

/** How often something happened from a moment on, for an hour or a day. */
export interface Bucket {
  readonly at: Instant;
  readonly value: number;
}

/** So many hours are shown one by one. */
const MOST_HOURS = 72;
const DAY_MS = 24 * 3_600_000;

/** Hours as they are, or summed up by days of UTC where there are many. In order, whatever order they came in. */
export function bucketed(hours: readonly Bucket[]): {
  readonly unit: 'hour' | 'day';
  readonly buckets: readonly Bucket[];
} {
  const inOrder = hours.toSorted((a, b) => a.at - b.at);
  if (inOrder.length <= MOST_HOURS) return { unit: 'hour', buckets: inOrder };
  const days = new Map<Instant, number>();
  for (const { at, value } of inOrder) {
    const day = Math.floor(at / DAY_MS) * DAY_MS;
    days.set(day, (days.get(day) ?? 0) + value);
  }
  return { unit: 'day', buckets: [...days].map(([at, value]) => ({ at, value })) };
}

/** The height of a plot: the most there is, and 1 where there is nothing. */
export const topOf = (buckets: readonly Bucket[]): number => Math.max(1, ...buckets.map(({ value }) => value));
