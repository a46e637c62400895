import { text } from '../_lib/random.mjs';

const LIMIT = 20000;
const spoken = (words) => text(words.length, ...words);

/** `count` words, each of up to `length` letters of the alphabet. */
const chatter = (count, length, alphabet) => (random) =>
  spoken(Array.from({ length: count }, () => random.word(random.int(1, length), alphabet)));

/** All words different: `count` of them, in random order. */
const distinct = (count, tail) => (random) => {
  const words = new Set();
  while (words.size < count) words.add(random.word(10 - tail.length) + tail);
  return spoken(random.shuffle([...words]));
};

export const tests = [
  () => spoken(['a']),
  () => spoken(['zebra', 'zebra', 'ant']),
  () => spoken(['b', 'a', 'b', 'a']),
  () => spoken(['aa', 'a', 'aaa', 'a', 'aa', 'aaa']),
  chatter(50, 2, 'ab'),
  chatter(1000, 3, 'abc'),
  chatter(5000, 2, 'abcdefghijklmnopqrstuvwxyz'),
  chatter(LIMIT, 4, 'abcdef'),
  distinct(LIMIT, ''),
  (random) => spoken(random.shuffle(Array.from({ length: 3000 }, () => random.word(7)).flatMap((word) => [word, word, word]))),
  (random) => {
    const words = [...new Set(Array.from({ length: 5500 }, () => random.word(10)))];
    return spoken([...words.slice(0, 5000), ...words.slice(0, 5000).reverse(), words[4000], words[3999], words[4001]]);
  },
  () => spoken(Array.from({ length: LIMIT }, () => 'squawk')),
];

/** Throws unless the input is as the statement promises. */
export function validate(input) {
  const n = input.int(1, LIMIT);
  input.newline();
  for (let i = 0; i < n; i++) input.match(/[a-z]{1,10}\n/y);
  input.end();
}
