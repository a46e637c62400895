import { parseArgs } from 'node:util';
import { soak } from './soak';

/* Hostile and ordinary programs by chance, on all slots: `npm run soak:judge -- --minutes 60 --seed 7` */

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
});

async function main(): Promise<boolean> {
  const seed = Number(values.seed);
  process.stdout.write(`Soaking for ${values.minutes} min with seed ${seed}\n`);
  const report = await soak({ seed, seconds: 60 * Number(values.minutes), withBait: true });
  process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  return report.wrong.length === 0 && report.left.length === 0;
}

main().then(
  (held) => process.exit(held ? 0 : 1),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
