import { setTimeout as pause } from 'node:timers/promises';

/** Looks until `look` finds something, doing `again` between two looks; fails with a sentence after a long while. */
export async function eventually<T>(
  what: string,
  look: () => T | Promise<T>,
  { again = () => undefined, patienceMs = 20_000 }: { again?: () => unknown; patienceMs?: number } = {},
): Promise<T> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    await again();
    const found = await look();
    if (found) return found;
    if (Date.now() > deadline) throw new Error(`Waited in vain: ${what}`);
    await pause(10);
  }
}
