import { text } from '../_lib/random.mjs';

const LIMIT = 20000;
const HEAVY = 10 ** 9;
const queue = (d, weights) => text([weights.length, d], weights);
const any = (n, d, heaviest) => (random) => queue(d, random.ints(n, 1, heaviest));

export const tests = [
  () => queue(1, [1]),
  () => queue(1, [HEAVY, HEAVY, HEAVY]),
  () => queue(3, [1, 1, 1]),
  () => queue(2, [10, 1, 1, 1, 10]),
  () => queue(2, [9, 1, 9, 1]),
  any(10, 4, 10),
  any(200, 17, 1000),
  any(3000, 3000, HEAVY),
  any(3000, 1, HEAVY),
  any(15000, 100, HEAVY),
  any(LIMIT, 9000, HEAVY),
  () => queue(LIMIT / 2, Array.from({ length: LIMIT }, () => 1)),
  (random) => queue(40, Array.from({ length: 4000 }, (_, i) => (i % 50 === 0 ? random.int(HEAVY / 2, HEAVY) : random.int(1, 9)))),
  () => queue(100, Array.from({ length: 5000 }, (_, i) => i * 1000 + 1)),
];

/** Throws unless the input is as the statement promises. */
export function validate(input) {
  const n = input.int(1, LIMIT);
  input.space();
  input.int(1, n);
  input.newline();
  input.ints(n, 1, HEAVY);
  input.newline();
  input.end();
}
