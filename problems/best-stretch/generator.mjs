import { text } from '../_lib/random.mjs';

const SECTIONS = 250000;
const EVENTS = 16000;
const path = (sections, events) => text([sections.length, events.length], sections, ...events);

/** Events of which about `asking` are questions, each about at least `least` sections. */
const walk = (n, q, sections, { asking = 0.5, least = 1 } = {}) => (random) => {
  const events = Array.from({ length: q }, (_, index) => {
    if (index > 0 && !random.chance(asking)) return [1, random.int(1, n)];
    const length = random.int(Math.min(least, n), n);
    const l = random.int(1, n - length + 1);
    return [2, l, l + length - 1];
  });
  return path(random.word(n, sections), events);
};

export const tests = [
  () => path('-', [[2, 1, 1]]),
  () => path('+', [[2, 1, 1], [1, 1], [2, 1, 1], [1, 1], [2, 1, 1]]),
  () => path('---', [[2, 1, 3], [2, 1, 1], [2, 2, 3], [1, 2], [2, 1, 3], [2, 3, 3]]),
  () => path('++--+-++', [[2, 1, 8], [2, 1, 6], [1, 3], [2, 1, 8], [2, 2, 4], [1, 8], [2, 5, 8]]),
  walk(8, 60, '+-'),
  walk(33, 300, '+-'),
  walk(1000, 1000, '-'),
  walk(1000, 1000, '+--'),
  walk(1, 3000, '+', { asking: 0.3 }),
  walk(50000, 2000, '+', { least: 20000 }),
  walk(SECTIONS, EVENTS, '+-', { asking: 0.7, least: 230000 }),
  walk(SECTIONS, EVENTS, '+-++----+-', { asking: 0.7, least: 200000 }),
];

/** Throws unless the input is as the statement promises. */
export function validate(input) {
  const n = input.int(1, SECTIONS);
  input.space();
  const q = input.int(1, EVENTS);
  input.newline();
  input.must(input.match(/[+-]+/y).length === n, 'not n sections');
  input.newline();
  let questions = 0;
  for (let i = 0; i < q; i++) {
    const kind = input.int(1, 2);
    input.space();
    const first = input.int(1, n);
    if (kind === 2) {
      input.space();
      input.int(first, n);
      questions++;
    }
    input.newline();
  }
  input.must(questions > 0, 'no question');
  input.end();
}
