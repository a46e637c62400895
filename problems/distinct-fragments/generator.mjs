import { text } from '../_lib/random.mjs';

const LIMIT = 120000;
const any = (length, alphabet) => (random) => text(random.word(length, alphabet));

function fibonacci(length) {
  let [word, shorter] = ['a', 'b'];
  while (word.length < length) [word, shorter] = [word + shorter, word];
  return word.slice(0, length);
}

function thueMorse(length) {
  return Array.from({ length }, (_, i) => (i.toString(2).replaceAll('0', '').length % 2 === 0 ? 'a' : 'b')).join('');
}

export const tests = [
  () => text('z'),
  () => text('aa'),
  () => text('ab'),
  () => text('mississippi'),
  () => text('abcdefghijklmnopqrstuvwxyz'),
  any(50, 'ab'),
  any(2000, 'abc'),
  () => text('abc'.repeat(1000)),
  any(LIMIT, 'abcdefghijklmnopqrstuvwxyz'),
  () => text('a'.repeat(LIMIT)),
  () => text(fibonacci(LIMIT)),
  () => text(thueMorse(65536)),
  (random) => {
    const half = random.word(30000, 'ab');
    return text(half + 'c' + half);
  },
];

/** Throws unless the input is as the statement promises. */
export function validate(input) {
  input.must(input.match(/[a-z]+/y).length <= LIMIT, 'too long');
  input.newline();
  input.end();
}
