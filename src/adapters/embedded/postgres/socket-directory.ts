import { chownSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { unless } from './errno';
import { PORT } from './postgres-settings';
import type { Account } from './unprivileged-account';

/** sun_path holds 104 bytes on macOS and 108 on Linux, the closing NUL among them. */
const LONGEST_SOCKET_PATH = 103;
const PREFIX = 'joust-pg-';

export function socketIn(directory: string): string {
  return path.join(directory, `.s.PGSQL.${PORT}`);
}

/** The folder for temporary files that the socket needs because the path of `cluster` is too long; null when it is not. */
export function temporaryParentFor(cluster: string): string | null {
  if (fits(cluster)) return null;
  const parent = [tmpdir(), '/tmp'].find((candidate) => fits(path.join(candidate, freshName())));
  if (parent !== undefined) return parent;
  throw new Error(`The path ${cluster} is too long for a socket: set TMPDIR to a folder with a short path.`);
}

/**
 * Makes the folder for the socket, private to `account`, in `parent`, or gives `cluster` itself
 * where no parent is needed. The folder's name is kept in `record` before it is made, so that after
 * a kill the next start finds and removes it.
 */
export function makeSocketDirectory(cluster: string, parent: string | null, record: string, account: Account): string {
  if (parent === null) return cluster;
  const directory = path.join(parent, freshName());
  writeFileSync(record, directory, { mode: 0o600 });
  mkdirSync(directory, { mode: 0o700 });
  chownSync(directory, account.uid, account.gid);
  return directory;
}

/** Removes the folder named in `record`. Done twice, or with nothing to remove, nothing happens. */
export function removeSocketDirectory(record: string): void {
  const directory = unless(['ENOENT'], () => readFileSync(record, 'utf8'));
  if (directory === null) return;
  if (path.basename(directory).startsWith(PREFIX)) rmSync(directory, { recursive: true, force: true });
  rmSync(record, { force: true });
}

function freshName(): string {
  return PREFIX + randomBytes(6).toString('hex');
}

function fits(directory: string): boolean {
  return Buffer.byteLength(socketIn(directory)) <= LONGEST_SOCKET_PATH;
}
