import type { RunOutcome } from './sandbox-protocol';

/** How often a run that was starved is run again before the host is called too busy to judge. */
const TIMES_AGAIN = 2;

/** The host had no processor to spare, again and again: nobody's verdict, worth another attempt later. */
class Starved extends Error {}

/**
 * A run was starved if it met the wall clock's limit and was ready to run, without a processor, for more
 * than half of that time. A program that only computes then always was, and so was a compiler; one that
 * sleeps was not, and some languages let a source make their compiler sleep. None can starve itself with
 * threads or processes of its own, which may not use as much processor time as that.
 */
export function wasStarved({ reason, wallMs, waitedMs }: Pick<RunOutcome, 'reason' | 'wallMs' | 'waitedMs'>): boolean {
  return reason === 'wall' && waitedMs > wallMs / 2;
}

/** Runs again what was starved. Rejects with Starved where that does not help. */
export async function fairly(run: () => Promise<RunOutcome[]>): Promise<RunOutcome[]> {
  for (let again = 0; again <= TIMES_AGAIN; again += 1) {
    const outcomes = await run();
    if (!outcomes.some(wasStarved)) return outcomes;
  }
  throw new Starved('This host is too busy: the run was kept from the processors until its time was over.');
}
