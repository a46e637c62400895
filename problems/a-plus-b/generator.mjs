import { text } from '../_lib/random.mjs';

const LIMIT = 10n ** 18n;
const fixed = (a, b) => () => text([a, b]);
const within = (limit) => (random) => text([random.big(-limit, limit), random.big(-limit, limit)]);

export const tests = [
  fixed(0, 0),
  fixed(1, 1),
  fixed(-5, 5),
  fixed(2147483647, 1),
  fixed(-2147483648, -1),
  fixed(LIMIT, LIMIT),
  fixed(-LIMIT, -LIMIT),
  fixed(LIMIT, -LIMIT),
  fixed(9007199254740992n, 1),
  within(100n),
  within(10n ** 9n),
  within(LIMIT),
  within(LIMIT),
];

/** Throws unless the input is as the statement promises. */
export function validate(input) {
  input.ints(2, -LIMIT, LIMIT);
  input.newline();
  input.end();
}
