import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MANIFEST } from '../support/judge-programs';
import { ROOT } from '../support/source-tree';

/* Each wall of the sandbox says what it stops and which programs show it; here those words are held to. */

interface Wall {
  readonly at: string;
  readonly words: string;
  readonly shownBy: readonly string[];
}

const FOLDER = join(ROOT, 'src/adapters/embedded/judge');
const MOST_LINES = 320;
const sources = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.c'))
  .map((name) => ({ name, text: readFileSync(join(FOLDER, name), 'utf8') }));

/** `Wall: what it is. Stops what. Shown by one.c, another.py.`, over as many lines of a comment as it takes. */
function wallsOf({ name, text }: (typeof sources)[number]): Wall[] {
  const prose = text.replace(/\n\s*\*(?!\/) ?/g, ' ').replace(/\s+/g, ' ');
  return prose
    .split('Wall: ')
    .slice(1)
    .map((rest) => {
      const words = rest.split('*/')[0]!;
      const shown = /Shown(?:, [^,]+,)? by ((?:[\w]+\.(?:c|cpp|py|js)(?:, )?)+)\./.exec(words)?.[1] ?? '';
      return { at: `${name}: ${words.slice(0, 60)}`, words, shownBy: shown.split(', ').filter(Boolean) };
    });
}

const walls = sources.flatMap(wallsOf);
const known = new Set(MANIFEST.programs.map(({ file }) => file));

it('each wall says what it stops, and names programs that show it', () => {
  expect(walls.length).toBeGreaterThan(20);
  expect(walls.filter(({ words, shownBy }) => !/\. Stops\b/.test(words) || shownBy.length === 0)).toEqual([]);
});

it('each program a wall names is one of those every engine is held to', () => {
  const strays = walls.flatMap(({ at, shownBy }) => shownBy.filter((file) => !known.has(file)).map((f) => [at, f]));
  expect(strays).toEqual([]);
});

it('each attack shows some wall', () => {
  const named = new Set(walls.flatMap(({ shownBy }) => shownBy));
  const attacks = MANIFEST.programs.filter(({ group }) => group === 'attack').map(({ file }) => file);
  expect(attacks.filter((file) => !named.has(file))).toEqual([]);
});

it('each file can be read in one go', () => {
  const long = sources.filter(({ text }) => text.trimEnd().split('\n').length > MOST_LINES);
  expect(long.map(({ name }) => name)).toEqual([]);
});
