import { text } from '../_lib/random.mjs';

const FAR = 10n ** 18n;
const questions = (rows) => text(rows.length, ...rows);
const many = (count, question) => (random) => questions(Array.from({ length: count }, () => question(random)));

/** A stretch below `far` with steps up to `step`. */
const within = (far, step) => (random) => {
  const [x, y] = [random.big(1n, far), random.big(1n, far)];
  const [l, r] = x < y ? [x, y] : [y, x];
  return [l, r, random.int(1, step), random.int(1, step)];
};

/** Steps with a large common factor. */
const kin = (far) => (random) => {
  const factor = random.int(2, 30000);
  const [l, r] = within(far, 1)(random);
  return [l, r, factor * random.int(1, 30000), factor * random.int(1, 30000)];
};

export const tests = [
  () => questions([[1, 1, 1, 1]]),
  () => questions([[1, 1, 2, 2], [2, 2, 2, 2], [6, 6, 2, 3], [7, 7, 2, 3], [1, 12, 4, 4], [1, 12, 4, 6], [12, 12, 4, 6]]),
  many(200, within(30n, 8)),
  many(300, within(1000n, 20)),
  many(1000, within(10n ** 9n, 1000)),
  many(1000, kin(10n ** 12n)),
  many(1000, within(FAR, 10 ** 9)),
  many(1000, kin(FAR)),
  () => questions([[1, FAR, 1, 1], [1, FAR, 1, 10 ** 9], [1, FAR, 2, 3], [1, FAR, 999999999, 10 ** 9], [FAR, FAR, 2, 5], [FAR, FAR, 3, 7]]),
  () => questions([[1, FAR, 10 ** 9, 10 ** 9], [FAR - 5n, FAR, 999999937, 999999929], [1, FAR, 536870912, 268435456]]),
  many(300, (random) => [1, FAR - random.big(0n, 1000n), random.int(1, 3), random.int(1, 3)]),
  many(300, (random) => {
    const step = random.int(1, 10 ** 9);
    return [...within(FAR, 1)(random).slice(0, 2), step, step];
  }),
];

/** Throws unless the input is as the statement promises. */
export function validate(input) {
  const q = input.int(1, 1000);
  input.newline();
  for (let i = 0; i < q; i++) {
    const [l, r] = input.ints(2, 1n, FAR);
    input.must(l <= r, 'l > r');
    input.space();
    input.ints(2, 1, 10 ** 9);
    input.newline();
  }
  input.end();
}
