import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../support/source-tree';

const css = readFileSync(join(ROOT, 'web/styles/tokens.css'), 'utf8');
const tokens = new Map(
  [...css.matchAll(/--([\w-]+):\s*light-dark\((#[0-9a-f]{6}),\s*(#[0-9a-f]{6})\)/g)].map(
    ([, name, light, dark]) => [name!, { light: light!, dark: dark! }] as const,
  ),
);

/** WCAG 2.2, relative luminance and contrast ratio. */
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const share = parseInt(hex.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}
function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light! + 0.05) / (dark! + 0.05);
}

const GROUNDS = ['ground', 'surface', 'raised'];
const TEXTS = ['text', 'muted', 'accent', 'good', 'bad', 'odd'];
const CODE = ['code-keyword', 'code-string', 'code-number', 'code-comment', 'code-type', 'code-name'];

const READABLE: readonly (readonly [string, string])[] = [
  ...TEXTS.flatMap((text) => GROUNDS.map((ground) => [text, ground] as const)),
  ...CODE.map((text) => [text, 'surface'] as const),
  ...['good', 'bad', 'odd'].map((tone) => [tone, `${tone}-ground`] as const),
  ['on-fill', 'fill'],
  ['on-fill', 'fill-strong'],
];
const VISIBLE: readonly (readonly [string, string])[] = [
  ...['edge', 'focus'].flatMap((line) => GROUNDS.map((ground) => [line, ground] as const)),
];

describe.each(['light', 'dark'] as const)('in %s', (theme) => {
  const colour = (name: string) => {
    const found = tokens.get(name);
    if (!found) throw new Error(`There is no token ${name}`);
    return found[theme];
  };

  it.each(READABLE)('%s can be read on %s', (text, ground) => {
    expect(contrast(colour(text), colour(ground))).toBeGreaterThanOrEqual(4.5);
  });

  it.each(VISIBLE)('%s can be seen on %s', (line, ground) => {
    expect(contrast(colour(line), colour(ground))).toBeGreaterThanOrEqual(3);
  });
});
