import { text } from '../_lib/random.mjs';

const LIMIT = 200000;

export const tests = [
  () => text('('),
  () => text(')'),
  () => text(')('),
  () => text('()'),
  () => text(')))((('),
  () => text('(()(()))())(()'),
  (random) => text(random.word(100, '()')),
  (random) => text(random.word(5000, '()')),
  (random) => text(random.word(LIMIT, '()')),
  () => text('('.repeat(LIMIT / 2) + ')'.repeat(LIMIT / 2)),
  () => text(')'.repeat(25000) + '('.repeat(25000)),
  () => text('()'.repeat(1000)),
  (random) => text(random.word(30000, '((()))))')),
];

/** Throws unless the input is as the statement promises. */
export function validate(input) {
  input.must(input.match(/[()]+/y).length <= LIMIT, 'too long');
  input.newline();
  input.end();
}
