import type { Instant } from '../contract/terms';

/** From the first moment to the second; the second itself is outside. */
export type Interval = readonly [from: Instant, to: Instant];

/** Turns moments into contest time and back. Contest time is in milliseconds since the start. */
interface ContestClock {
  /** How much contest has passed at a moment: the time since the start without what was removed. */
  elapsedAt(moment: Instant): number;
  /** The first moment at which that much contest has passed. */
  momentAt(elapsed: number): Instant;
}

/**
 * The clock of a contest from which intervals were removed, as a power cut or a broken statement
 * asks for. It stands still in them: whatever happens inside one happens at the same contest time,
 * and all that follows is earlier by its length. What two intervals share is removed once; what
 * lies before the start was never part of the contest. (CCS requirements, "Removing time intervals".)
 */
export function contestClock(startedAt: Instant, removed: readonly Interval[]): ContestClock {
  const stops = disjoint(removed.map(([from, to]) => [Math.max(from, startedAt), to]));
  return {
    elapsedAt: (moment) =>
      stops.reduce((time, [from, to]) => time - Math.max(0, Math.min(moment, to) - from), moment - startedAt),
    momentAt: (elapsed) =>
      stops.reduce((moment, [from, to]) => (from < moment ? moment + (to - from) : moment), startedAt + elapsed),
  };
}

/** The same moments as intervals in order that do not overlap. */
function disjoint(intervals: readonly Interval[]): Interval[] {
  const apart: Interval[] = [];
  let covered = -Infinity;
  for (const [from, to] of intervals.toSorted((a, b) => a[0] - b[0])) {
    if (to > Math.max(from, covered)) apart.push([Math.max(from, covered), to]);
    covered = Math.max(covered, to);
  }
  return apart;
}
