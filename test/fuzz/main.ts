import { parseArgs } from 'node:util';
import { fuzz } from './fuzz';

/*
 * Sends a server of its own what nobody foresaw, made from the contract by chance, and sees that it keeps to it:
 * `npm run fuzz -- --seconds 60 --seed 7 --http`, or `--count 200000` for as long as that takes.
 */

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '10' },
    count: { type: 'string' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    http: { type: 'boolean', default: false },
    frames: { type: 'boolean', default: false },
  },
});
const [seed, both] = [Number(values.seed), values.http === values.frames];
const kinds = (['http', 'frames'] as const).filter((kind) => both || values[kind]);
const length = values.count === undefined ? { seconds: Number(values.seconds) } : { count: Number(values.count) };
process.stdout.write(`Fuzzing with seed ${seed}\n`);

fuzz({ seed, kinds, ...length }).then(
  (held) => {
    process.stdout.write(`${held ? 'Everything held' : 'Something broke'}, with seed ${seed}.\n`);
    process.exit(held ? 0 : 1);
  },
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
