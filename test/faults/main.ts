import { rolling } from './rolling';

/*
 * npm run faults -- NAME: a fault, brought about on services and processes of its own while people play;
 * then counts of what became of it. Exits 1 where something was lost.
 */

const FAULTS: Readonly<Record<string, () => Promise<boolean>>> = { rolling };

async function main(name: string | undefined): Promise<number> {
  const fault = FAULTS[name ?? ''];
  if (fault) return (await fault()) ? 0 : 1;
  process.stderr.write(`Name one of: ${Object.keys(FAULTS).join(', ')}\n`);
  return 1;
}

void main(process.argv[2]).then((code) => process.exit(code));
