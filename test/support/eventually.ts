import { setTimeout as pause } from 'node:timers/promises';

/** Looks again and again until what must come has come. @throws with `what` when it does not within `patienceMs` */
export async function eventually(
  what: string,
  holds: () => boolean | Promise<boolean>,
  patienceMs = 20_000,
): Promise<void> {
  const deadline = Date.now() + patienceMs;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`Waited in vain: ${what}`);
    await pause(20);
  }
}
