import { text } from '../_lib/random.mjs';

const MOST = 10_000;
const pairs = (n) => (n * (n - 1)) / 2;
const row = (n, k) => () => text([n, k]);
const any = (low, high) => (random) => {
  const n = random.int(low, high);
  return text([n, random.int(0, pairs(n))]);
};

export const tests = [
  row(1, 0),
  row(1, 1),
  row(2, 1),
  row(2, 2),
  row(7, 0),
  row(7, 21),
  row(7, 22),
  any(3, 9),
  any(10, 30),
  any(90, 100),
  row(1000, 999),
  row(1000, 1000),
  any(900, 1000),
  row(MOST, 0),
  row(MOST, pairs(MOST)),
  row(MOST, pairs(MOST) + 1),
  row(MOST, 1_000_000_000),
  any(MOST - 10, MOST),
];

/** Throws unless the input is as the statement promises. */
export function validate(input) {
  input.int(1, MOST);
  input.space();
  input.int(0, 1_000_000_000);
  input.newline();
  input.end();
}
