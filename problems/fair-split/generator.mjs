import { text } from '../_lib/random.mjs';

const chest = (values) => text(values.length, values);
const any = (n, low, high) => (random) => chest(random.ints(n, low, high));
const same = (n, value) => () => chest(Array.from({ length: n }, () => value));

export const tests = [
  () => chest([1]),
  () => chest([2000]),
  () => chest([2, 3]),
  () => chest([3, 3, 2, 2, 2]),
  () => chest([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024]),
  any(10, 1, 30),
  any(20, 1000, 2000),
  any(35, 1, 2000),
  same(199, 2000),
  same(200, 1999),
  any(200, 1, 2000),
  (random) => chest(random.ints(199, 500, 1000).map((value) => 2 * value - 1)),
  (random) => chest([...random.ints(100, 1, 10), 2000]),
  (random) => chest(random.ints(61, 300, 330).map((value) => 6 * value)),
  (random) => chest([...random.ints(40, 330, 333).map((value) => 6 * value), 1]),
];

/** Throws unless the input is as the statement promises. */
export function validate(input) {
  const n = input.int(1, 200);
  input.newline();
  input.ints(n, 1, 2000);
  input.newline();
  input.end();
}
