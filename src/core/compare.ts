import type { Comparison } from '../contract/terms';

/**
 * Whether a program's output is right, held against the answer:
 *
 * - tokens: the same words in the same order, whatever whitespace is between them;
 * - lines:  the same lines, whatever whitespace ends each of them, and blank lines at the end aside;
 * - exact:  the same to the last character;
 * - float:  as tokens, but where both words are numbers they may differ by `abs`, or by `rel` times
 *           the answer. Words that are not numbers, `inf` and `nan` among them, must be the same.
 *
 * Whitespace is that of C's isspace. Takes time in proportion to its texts, whatever is in them.
 */
export function accepts(checker: Comparison, output: string, answer: string): boolean {
  switch (checker.kind) {
    case 'tokens':
      return sameWords(output, answer, (word, expected) => word === expected);
    case 'lines':
      return trimmedLines(output) === trimmedLines(answer);
    case 'exact':
      return output === answer;
    case 'float':
      return sameWords(output, answer, (word, expected) => word === expected || near(word, expected, checker));
  }
}

function sameWords(output: string, answer: string, same: (word: string, expected: string) => boolean): boolean {
  const words = wordsOf(output);
  for (const expected of wordsOf(answer)) {
    const next = words.next();
    if (next.done === true || !same(next.value, expected)) return false;
  }
  return words.next().done === true;
}

/** One at a time, so that what differs early is told early and no list of a million words is made. */
function* wordsOf(text: string): Generator<string, undefined> {
  let start = 0;
  for (let at = 0; at <= text.length; at += 1) {
    if (at < text.length && !isSpace(text.charCodeAt(at))) continue;
    if (at > start) yield text.slice(start, at);
    start = at + 1;
  }
}

function trimmedLines(text: string): string {
  return withoutTrailingSpace(text.split('\n').map(withoutTrailingSpace).join('\n'));
}

/** A loop, for `/\s+$/` takes quadratic time on a long run of spaces that ends in something else. */
function withoutTrailingSpace(text: string): string {
  let end = text.length;
  while (end > 0 && isSpace(text.charCodeAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

function isSpace(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d);
}

/**
 * What a decimal number looks like. `Number` alone would also take `0x10`, `Infinity` and the empty
 * string. No two runs of digits may meet without a point between: that would be quadratic.
 */
const DECIMAL = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;

function near(word: string, expected: string, { abs, rel }: { readonly abs: number; readonly rel: number }): boolean {
  if (!DECIMAL.test(word) || !DECIMAL.test(expected)) return false;
  const [value, right] = [Number(word), Number(expected)];
  // A number too large for a double is not near anything: beside an infinite answer all would be.
  if (!Number.isFinite(value) || !Number.isFinite(right)) return false;
  const error = Math.abs(value - right);
  return error <= abs || error <= rel * Math.abs(right);
}
