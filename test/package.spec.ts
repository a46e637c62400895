import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { VARIABLES } from '../src/config';
import { ROOT } from './support/source-tree';

interface Locked {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly link?: true;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const read = (name: string): string => readFileSync(join(ROOT, name), 'utf8');
const manifest = JSON.parse(read('package.json')) as Record<string, Record<string, string>>;
const lock = JSON.parse(read('package-lock.json')) as { packages: Record<string, Locked> };
const packages = Object.entries(lock.packages);

/** Versions below which a dependency has a hole that is known, one of which is named, or does not do what we need. */
const FLOORS: readonly (readonly [RegExp, string, string])[] = [
  [/^engine\.io$/, '6.6.10', 'CVE-2023-31125'],
  [/^socket\.io-parser$/, '4.2.7', 'CVE-2023-32695'],
  [/^ws$/, '8.21.0', 'CVE-2024-37890'],
  [/^@nestjs\/(common|core|platform-\w+(\.io)?|websockets)$/, '11.2.4', 'CVE-2024-29409'],
  [/^express$/, '5.0.0', 'CVE-2024-43796'],
  [/^path-to-regexp$/, '8.4.0', 'CVE-2026-4926'],
  [/^body-parser$/, '2.2.1', 'CVE-2025-13466'],
  [/^qs$/, '6.16.0', 'CVE-2025-15284'],
  [/^cookie$/, '0.7.0', 'CVE-2024-47764'],
  [/^send$/, '0.19.0', 'CVE-2024-43799'],
  [/^serve-static$/, '2.1.0', 'CVE-2024-43800'],
  [/^multer$/, '2.2.0', 'CVE-2025-7338'],
  [/^jsonwebtoken$/, '9.0.0', 'CVE-2022-23540'],
  [/^jws$/, '4.0.1', 'CVE-2025-65945'],
  [/^passport$/, '0.6.0', 'CVE-2022-25896'],
  [/^typeorm$/, '1.1.0', 'CVE-2025-60542'],
  [/^markdown-it$/, '12.3.2', 'CVE-2022-21670'],
  [/^katex$/, '0.16.21', 'CVE-2025-23207'],
  [/^sanitize-html$/, '2.12.1', 'CVE-2024-21501'],
];

const nameOf = (path: string): string => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
const isBelow = (version: string, floor: string): boolean => {
  const [a, b] = [version, floor].map((one) => one.split(/[.-]/).slice(0, 3).map(Number));
  const at = a!.findIndex((part, index) => part !== b![index]);
  return at >= 0 && a![at]! < b![at]!;
};

/** Where Node would look for a package that one at `path` asks for: beside it, then ever further up. */
function placesOf(path: string, name: string): string[] {
  if (path === '') return [`node_modules/${name}`];
  const cut = path.lastIndexOf('/node_modules/');
  return [`${path}/node_modules/${name}`, ...placesOf(cut < 0 ? '' : path.slice(0, cut), name)];
}

describe('package-lock.json', () => {
  it('names no registry: it installs from whichever one is configured', () => {
    expect(packages.filter(([, { resolved }]) => resolved !== undefined).map(([path]) => path)).toEqual([]);
    expect(read('package-lock.json')).not.toMatch(/https?:\/\/[^"]*registry/);
  });

  it('pins every package by its content', () => {
    const loose = packages.filter(([path, { integrity, link }]) => path !== '' && !integrity && !link);
    expect(loose.map(([path]) => path)).toEqual([]);
  });

  it('is complete, for other systems too: npm refuses a lock that lacks an optional package', () => {
    const missing = packages.flatMap(([path, { dependencies, optionalDependencies }]) =>
      Object.keys({ ...dependencies, ...optionalDependencies })
        .filter((name) => ![...placesOf(path, name)].some((place) => place in lock.packages))
        .map((name) => `${path} lacks ${name}`),
    );
    expect(missing).toEqual([]);
  });

  it.each(FLOORS.map(([name, floor, hole]) => ({ name, floor, hole })))(
    'has $name at $floor or later: $hole',
    ({ name, floor }) => {
      const found = packages.filter(([path]) => name.test(nameOf(path)));
      expect(found.length).toBeGreaterThan(0);
      expect(found.filter(([, { version }]) => isBelow(version!, floor)).map(([path]) => path)).toEqual([]);
    },
  );

  it('holds what package.json asks for', () => {
    const { dependencies, devDependencies, optionalDependencies } = lock.packages['']! as Record<string, unknown>;
    expect({ dependencies, devDependencies, optionalDependencies }).toEqual({
      dependencies: manifest['dependencies'],
      devDependencies: manifest['devDependencies'],
      optionalDependencies: manifest['optionalDependencies'],
    });
  });
});

describe('the package', () => {
  it('runs on the Node it says it runs on, and npm holds it to that', () => {
    expect(manifest['engines']).toEqual({ node: '>=20.19' });
    expect(read('.npmrc').trim().split('\n')).toEqual(
      expect.arrayContaining(['engine-strict=true', 'omit-lockfile-registry-resolved=true']),
    );
  });

  it('is built by its installation, so that a start compiles nothing', () => {
    expect(manifest['scripts']).toMatchObject({ prepare: 'npm run build', build: 'nest build && npm run build:web' });
    expect(manifest['scripts']!['start']).toMatch(/^exec node .*dist\/main\.js$/);
  });
});

describe('README.md', () => {
  const readme = read('README.md');

  it('lists the variables of the configuration, all of them and no others', () => {
    const listed = [...readme.matchAll(/^\| `([A-Z][A-Z0-9_]+)` +\|/gm)].map(([, name]) => name);
    expect(listed.toSorted()).toEqual(VARIABLES.toSorted());
  });

  it('points only at files and scripts that are there', () => {
    const scripts = [...readme.matchAll(/npm run (?:-s )?([\w:]+)/g)].map(([, name]) => name!);
    expect(scripts.filter((name) => !(name in manifest['scripts']!))).toEqual([]);
    const links = [...readme.matchAll(/\]\((?!https?:|#)([^)]+)\)/g)].map(([, path]) => path!);
    for (const path of links) expect(() => read(path.replace(/#.*/, ''))).not.toThrow();
  });
});
