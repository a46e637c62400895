import { sourceFiles } from '../support/source-tree';

/**
 * The browser app. Its core knows no page, its words no more than the core, and the page both. Of src it has the
 * words and the rules; of what it loads nothing leads to zod, which would outweigh all the rest.
 */
const WEB_LAW: Readonly<Record<string, readonly string[]>> = {
  core: ['src/contract', 'src/core'],
  words: ['src/contract', 'src/core', 'web/core'],
  ui: ['src/contract', 'src/core', 'web/core', 'web/words', 'web/styles'],
  'main.tsx': ['web/ui', 'web/styles'],
};
const WEB_PACKAGES: Readonly<Record<string, RegExp>> = {
  core: /^(@preact\/signals-core|socket\.io-client)$/,
  words: /^$/,
  ui: /^(preact(\/hooks)?|@preact\/signals|@codemirror\/[\w-]+|@lezer\/highlight|@replit\/codemirror-vim|lean-qr(\/[\w/]+)?|katex\/dist\/katex\.min\.css)$/,
  'main.tsx': /^preact$/,
};

const web = sourceFiles('web');
const partOf = (path: string): string => path.split('/')[1]!;

describe('who imports whom', () => {
  it.each(Object.keys(WEB_LAW))('web/%s keeps to its line', (part) => {
    const mine = web.filter(({ path }) => partOf(path) === part);
    const allowed = [`web/${part}`, ...WEB_LAW[part]!];
    const isAllowed = (to: string, ours: boolean) =>
      ours ? allowed.some((one) => to === one || to.startsWith(`${one}/`)) : WEB_PACKAGES[part]!.test(to);
    const strays = mine.flatMap(({ path, imports }) =>
      imports
        .filter(({ to, ours, typeOnly }) => !(typeOnly && !ours) && !isAllowed(to, ours))
        .map(({ to }) => `${path} imports ${to}`),
    );
    expect(mine.length).toBeGreaterThan(0);
    expect(strays).toEqual([]);
    expect([...new Set(web.map(({ path }) => partOf(path)))].filter((one) => !(one in WEB_LAW))).toEqual([]);
  });
});
