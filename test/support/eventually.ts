import { setTimeout as pause } from 'node:timers/promises';

/** What is to happen within five seconds, on a machine that is busy with other tests. */
export const FIVE_SECONDS = 10_000;

type Nothing = undefined | null | false;

/** Looks until `look` finds something, doing `again` before every look; fails with a sentence after a long while. */
export async function eventually<T>(
  what: string,
  look: () => T | Nothing | Promise<T | Nothing>,
  { again = () => undefined, patienceMs = 60_000, paceMs = 10 }: Waiting = {},
): Promise<T> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    await again();
    const found = await look();
    if (found !== undefined && found !== null && found !== false) return found;
    if (Date.now() > deadline) throw new Error(`Waited in vain: ${what}`);
    await pause(paceMs);
  }
}

interface Waiting {
  readonly again?: () => unknown;
  readonly patienceMs?: number;
  readonly paceMs?: number;
}
