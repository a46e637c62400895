import { text } from '../_lib/random.mjs';

const LIMIT = 8000;
const THICK = 10000;
const bookcase = (k, books) => text([books.length, k], books);
const any = (n, k, thickest) => (random) => bookcase(k, random.ints(n, 1, thickest));
const same = (n, k, thickness) => () => bookcase(k, Array.from({ length: n }, () => thickness));

export const tests = [
  () => bookcase(1, [1]),
  () => bookcase(2, [1, THICK]),
  () => bookcase(2, [5, 5, 5]),
  () => bookcase(2, [1, 1, 10, 1, 1]),
  same(12, 5, 7),
  any(20, 6, 30),
  any(60, 60, 100),
  any(300, 40, 5),
  any(1000, 333, THICK),
  same(LIMIT, 3001, 1),
  same(LIMIT, 1, THICK),
  any(LIMIT, 4000, THICK),
  any(LIMIT, 90, THICK),
  any(LIMIT, 7990, THICK),
  (random) => bookcase(2000, Array.from({ length: LIMIT }, (_, i) => (i % 100 === 0 ? random.int(9000, THICK) : random.int(1, 20)))),
  () => bookcase(2500, Array.from({ length: LIMIT }, (_, i) => 1 + Math.floor(i / 2))),
];

/** Throws unless the input is as the statement promises. */
export function validate(input) {
  const n = input.int(1, LIMIT);
  input.space();
  input.int(1, n);
  input.newline();
  input.ints(n, 1, THICK);
  input.newline();
  input.end();
}
