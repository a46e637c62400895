import fc from 'fast-check';
import type { Comparison } from '../../src/contract/terms';
import { accepts } from '../../src/core/compare';

const TOKENS: Comparison = { kind: 'tokens' };
const LINES: Comparison = { kind: 'lines' };
const EXACT: Comparison = { kind: 'exact' };
const FLOAT: Comparison = { kind: 'float', abs: 1e-6, rel: 1e-9 };
const ALL = [TOKENS, LINES, EXACT, FLOAT];

type Row = [output: string, answer: string, accepted: boolean];
const table = (checker: Comparison, rows: Row[]) =>
  it.each(rows)('%j against %j: %s', (output, answer, accepted) => {
    expect(accepts(checker, output, answer)).toBe(accepted);
  });

describe('tokens', () => {
  table(TOKENS, [
    ['3', '3\n', true],
    ['1 2\n3\n', '1\n2\t3', true],
    ['1 2\r\n', '1 2\n', true],
    ['\f\v 1', '1', true],
    ['', ' \n', true],
    ['', '0', false],
    ['0', '', false],
    ['12', '1 2', false],
    ['1 2', '12', false],
    ['1 2 3', '1 2', false],
    ['1 2', '1 2 3', false],
    ['YES', 'Yes', false],
    ['1.0', '1', false],
    ['01', '1', false],
    ['1\u00a02', '1 2', false],
    ['1\0', '1', false],
  ]);
});

describe('lines', () => {
  table(LINES, [
    ['a\nb', 'a\nb\n', true],
    ['a \t\nb\r\n', 'a\nb', true],
    ['a\n\n \n', 'a', true],
    ['', '\n\n', true],
    ['\na', 'a', false],
    [' a', 'a', false],
    ['a\n\nb', 'a\nb', false],
    ['a  b', 'a b', false],
    ['a b', 'a\nb', false],
  ]);
});

describe('exact', () => {
  table(EXACT, [
    ['a\n', 'a\n', true],
    ['a', 'a\n', false],
    ['a\r\n', 'a\n', false],
    ['\u00e9', 'e\u0301', false],
  ]);
});

describe('float', () => {
  table(FLOAT, [
    ['0.3333333', '0.33333333333', true],
    ['0.33333', '0.33333333333', false],
    ['1', '1.000000', true],
    ['+1.', '1', true],
    ['.5', '0.5', true],
    ['1e3', '1000', true],
    ['1E+3', '1000.0', true],
    ['-0.0', '0', true],
    ['1000000000.9', '1000000000', true],
    ['1000000001.1', '1000000000', false],
    ['0.0000009', '0', true],
    ['0.0000011', '0', false],
    ['Case 1: 2.0000001', 'Case 1: 2', true],
    ['case 1: 2', 'Case 1: 2', false],
    ['1 2', '1', false],
    ['1', '1 2', false],
    ['', '0', false],
  ]);

  describe('takes only decimal numbers for numbers', () => {
    table(FLOAT, [
      ['0x10', '16', false],
      ['0b1', '1', false],
      ['1e', '1', false],
      ['e1', '1', false],
      ['.', '0', false],
      ['-', '0', false],
      ['--1', '1', false],
      ['1_000', '1000', false],
      ['1,5', '1.5', false],
      ['1f', '1', false],
      ['0x10', '0x10', true],
    ]);
  });

  describe('lets nothing pass by way of infinity or not-a-number', () => {
    table({ kind: 'float', abs: 1e9, rel: 1 }, [
      ['nan', '1', false],
      ['1', 'nan', false],
      ['NaN', 'NaN', true],
      ['inf', '1', false],
      ['1', 'inf', false],
      ['Infinity', '1', false],
      ['inf', 'inf', true],
      ['inf', '-inf', false],
      ['1', '1e999', false],
      ['1e999', '1', false],
      ['1e999', '1e999', true],
      ['-1e308', '1e308', false],
    ]);
  });

  it('takes whichever tolerance is wider', () => {
    expect(accepts({ kind: 'float', abs: 0, rel: 0.01 }, '101', '100')).toBe(true);
    expect(accepts({ kind: 'float', abs: 1, rel: 0 }, '101', '100')).toBe(true);
    expect(accepts({ kind: 'float', abs: 0, rel: 0 }, '101', '100')).toBe(false);
  });

  it('measures the relative error by the answer, not by what a player prints', () => {
    expect(accepts({ kind: 'float', abs: 0, rel: 0.5 }, '2', '1')).toBe(false);
    expect(accepts({ kind: 'float', abs: 0, rel: 0.5 }, '1', '2')).toBe(true);
  });
});

describe('whatever the texts', () => {
  const space = fc.string({ unit: fc.constantFrom(' ', '\n', '\t', '\r', '\v', '\f'), minLength: 1, maxLength: 4 });
  const word = fc.oneof(
    fc.double().map(String),
    fc.string({ unit: 'binary', minLength: 1 }).map((text) => text.replace(/[ \t-\r]/g, '_')),
  );
  const text = fc.string({ unit: fc.constantFrom('a', '1', '.', '-', ' ', '\n', '\r', '\t') });
  const join = (words: string[], between: string[]) =>
    words.map((w, i) => w + (between[i % between.length] ?? ' ')).join('');

  it('an output accepts itself', () => {
    fc.assert(
      fc.property(fc.oneof(text, fc.string({ unit: 'binary' })), fc.constantFrom(...ALL), (output, checker) =>
        accepts(checker, output, output),
      ),
    );
  });

  it('tokens and float do not care for the whitespace between words', () => {
    fc.assert(
      fc.property(fc.array(word), fc.array(space, { minLength: 1 }), space, (words, between, before) => {
        const output = before + join(words, between);
        return accepts(TOKENS, output, words.join(' ')) && accepts(FLOAT, output, words.join('\n'));
      }),
    );
  });

  it('tokens compare the lists of words', () => {
    const split = (s: string) => s.split(/[ \t-\r]+/).filter((w) => w !== '');
    fc.assert(
      fc.property(
        text,
        text,
        (a, b) => accepts(TOKENS, a, b) === (JSON.stringify(split(a)) === JSON.stringify(split(b))),
      ),
    );
  });

  it('what passes exact passes lines, what passes lines passes tokens, and what passes tokens passes float', () => {
    const ladder = [EXACT, LINES, TOKENS, FLOAT];
    const noisy = fc.tuple(text, space).chain(([t, s]) => fc.tuple(fc.constant(t), fc.constantFrom(t, t + s, s + t)));
    fc.assert(
      fc.property(fc.oneof(noisy, fc.tuple(text, text)), ([a, b]) => {
        const passed = ladder.map((checker) => accepts(checker, a, b));
        return passed.every((pass, i) => pass || !passed.slice(0, i).includes(true));
      }),
    );
  });

  it('tokens, lines and exact treat output and answer alike', () => {
    fc.assert(
      fc.property(
        text,
        text,
        fc.constantFrom(TOKENS, LINES, EXACT),
        (a, b, checker) => accepts(checker, a, b) === accepts(checker, b, a),
      ),
    );
  });
});

describe('a million characters made to be slow', () => {
  const MILLION = 1 << 20;
  const texts = {
    'one long number': '1'.repeat(MILLION),
    'almost a number': '1'.repeat(MILLION) + 'x',
    'almost a number with a point': '1.' + '1'.repeat(MILLION) + 'x',
    'almost an exponent': '1e' + '1'.repeat(MILLION) + 'x',
    'spaces, then a word': ' '.repeat(MILLION) + 'x',
    'many short words': '1 '.repeat(MILLION / 2),
    'blank lines': '\n'.repeat(MILLION) + 'x',
    'many short lines': 'x \n'.repeat(MILLION / 3),
  };

  // Quadratic would be hours; the bound only tells the two apart.
  it.each(Object.entries(texts))('%s', (_, text) => {
    const before = performance.now();
    for (const checker of ALL) {
      expect(accepts(checker, text, text)).toBe(true);
      expect(accepts(checker, text, text + ' y')).toBe(false);
      expect(accepts(checker, `0${text}`, `1${text}`)).toBe(false);
    }
    expect(performance.now() - before).toBeLessThan(5_000);
  });
});
