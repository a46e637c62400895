import { text } from '../_lib/random.mjs';

const MOST = 1_000_000_000;
const letter = (pages, page) => () => text([pages, page]);
const any = (low, high) => (random) => {
  const pages = random.int(low, high);
  return text([pages, random.int(1, pages)]);
};

export const tests = [
  letter(2, 1),
  letter(2, 2),
  letter(3, 3),
  letter(29, 29),
  letter(30, 1),
  any(31, 60),
  any(900, 1100),
  any(100_000, 1_000_000),
  letter(536_870_912, 536_870_912),
  letter(MOST, 1),
  letter(MOST, MOST),
  letter(MOST, MOST - 1),
  letter(MOST, MOST / 2),
  any(MOST / 2, MOST),
  any(MOST - 100, MOST),
];

/** Throws unless the input is as the statement promises. */
export function validate(input) {
  const pages = input.int(1, MOST);
  input.space();
  input.int(1, pages);
  input.newline();
  input.end();
}
