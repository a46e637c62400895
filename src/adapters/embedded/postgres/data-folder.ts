import { existsSync, mkdirSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { holderOf, releaseLock, takeLock } from './folder-lock';
import { answers, readPostmaster } from './postmaster';
import { livenessOf, type ProcessIdentity } from './process-identity';

/** What the launcher keeps in the data folder. */
export interface DataFolder {
  readonly path: string;
  /** PostgreSQL's own folder. */
  readonly cluster: string;
  readonly lock: string;
  /** Names a socket's folder elsewhere. */
  readonly socketRecord: string;
  readonly libraries: string;
}

/** Null when there is no such folder. */
export function findDataFolder(dataDir: string): DataFolder | null {
  if (!existsSync(dataDir)) return null;
  const folder = realpathSync(dataDir);
  const inside = (name: string): string => path.join(folder, name);
  return {
    path: folder,
    cluster: inside('postgres'),
    lock: inside('postgres.owner'),
    socketRecord: inside('postgres.socket'),
    libraries: inside('postgres.libraries'),
  };
}

export function makeDataFolder(dataDir: string): DataFolder {
  mkdirSync(dataDir, { recursive: true });
  return findDataFolder(dataDir)!;
}

/** Throws a sentence when the database files are another user's, whom only root can become. */
export function refuseForeignFiles({ cluster }: DataFolder): void {
  const self = process.getuid?.() ?? 0;
  if (self === 0 || !existsSync(cluster)) return;
  const { uid } = statSync(cluster);
  if (uid === self) return;
  throw new Error(`The database in ${cluster} belongs to user ${uid}: run Joust as that user or as root.`);
}

/** The live process that owns the folder, if one does. */
export async function ownerOf(folder: DataFolder): Promise<ProcessIdentity | null> {
  const holder = holderOf(folder.lock);
  return holder !== null && (await isAlive(holder, folder)) ? holder : null;
}

/** Makes this process the folder's one owner, now or not at all. False as well when it already is. */
export async function tryToOwn(folder: DataFolder): Promise<boolean> {
  const holder = holderOf(folder.lock);
  if (holder !== null && (await isAlive(holder, folder))) return false;
  return takeLock(folder.lock, holder);
}

/** Ends what `tryToOwn` began. Done twice, it ends once. */
export function disown(folder: DataFolder): void {
  releaseLock(folder.lock);
}

/** The sentence for operators whose start finds another owner. */
export async function sayInUse(folder: DataFolder): Promise<string> {
  const owner = await ownerOf(folder);
  const who = owner === null ? 'another process' : `process ${owner.pid}`;
  return `The data folder ${folder.path} is in use by ${who}: stop that Joust first, or give this one a folder of its own with DATA_DIR.`;
}

/** A process in another container counts as alive as long as its database answers. */
async function isAlive(holder: ProcessIdentity, { cluster }: DataFolder): Promise<boolean> {
  const liveness = livenessOf(holder);
  if (liveness !== 'unknown') return liveness === 'alive';
  const postmaster = readPostmaster(cluster);
  return postmaster !== null && (await answers(postmaster.socketDirectory));
}
