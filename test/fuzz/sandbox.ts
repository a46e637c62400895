import { parseArgs } from 'node:util';
import { buildForTest } from '../support/sandbox-build';
import { fuzzPipe } from './pipe';

/* Fuzzes the sandbox's pipe, in a build with sanitizers: `npm run fuzz:sandbox -- --seconds 600 --seed 7` */

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '30' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    plain: { type: 'boolean', default: false },
  },
});

async function main(): Promise<boolean> {
  const { executable, remove } = await buildForTest(values.plain ? 'plain' : 'sanitized');
  const report = await fuzzPipe({ executable, seed: Number(values.seed), seconds: Number(values.seconds) });
  await remove();
  process.stdout.write(`${JSON.stringify({ seed: Number(values.seed), ...report }, null, 2)}\n`);
  return report.broken.length === 0;
}

main().then(
  (held) => process.exit(held ? 0 : 1),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
