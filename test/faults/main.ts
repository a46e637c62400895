import { judge0 } from './judge0';
import { postgres } from './postgres';
import { queue } from './queue';
import { redis } from './redis';
import { rolling } from './rolling';

/*
 * Kills and cuts what the server leans on, and counts what became of all that was accepted. Services are
 * started for the time of the trial; nobody else's are touched. `npm run faults -- queue`
 */

const FAULTS = { postgres, queue, redis, judge0, rolling };

/** Whether everything held. What was found is printed as it is found. */
export type Faults = () => Promise<boolean>;

async function main(names: readonly string[]): Promise<boolean> {
  const known: Readonly<Record<string, Faults>> = FAULTS;
  const unknown = names.filter((name) => !(name in known));
  if (unknown.length > 0)
    throw new Error(`No such trial: ${unknown.join(', ')}; there are ${Object.keys(known).join(', ')}`);
  let held = true;
  for (const name of names.length > 0 ? names : Object.keys(known)) held = (await known[name]!()) && held;
  return held;
}

main(process.argv.slice(2)).then(
  (held) => process.exit(held ? 0 : 1),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
