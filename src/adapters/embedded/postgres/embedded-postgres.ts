import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { bundledVersion, locateBinaries } from './binaries';
import { type Host, launchCluster, prepareCluster } from './cluster';
import {
  type DataFolder,
  disown,
  findDataFolder,
  makeDataFolder,
  ownerOf,
  refuseForeignFiles,
  sayInUse,
  tryToOwn,
} from './data-folder';
import type { Log } from './postgres-log';
import { DATABASE, PORT, SUPERUSER } from './postgres-settings';
import { answers, interruptPostmaster, outlastPredecessor, readPostmaster } from './postmaster';
import { makeSocketDirectory, removeSocketDirectory, temporaryParentFor } from './socket-directory';
import { chooseAccount } from './unprivileged-account';

/** A running PostgreSQL 18 that only this machine reaches, by a socket only its user and root may open. */
export interface EmbeddedPostgres {
  /** As `pg` and TypeORM take it; `host` is the folder of the socket. There is no password. */
  readonly connection: {
    readonly host: string;
    readonly port: number;
    readonly user: string;
    readonly database: string;
  };
  /**
   * Ends every connection, waits until PostgreSQL is gone and gives the folder back; when attached,
   * nothing. Called twice, both wait for the one end.
   */
  stop(): Promise<void>;
  /** Such as `18.4`. */
  readonly version: string;
  /** For operators: as whom it runs, or whose it is. */
  readonly how: string;
}

interface StartOptions {
  /** Made when missing. Any characters and any length. */
  readonly dataDir: string;
  readonly log: Log;
  /** How long to wait for another owner, or its database, to go. */
  readonly patienceMs?: number;
}

const PATIENCE_MS = 10_000;
const POLL_MS = 50;

/**
 * Makes this process the one owner of the folder and starts PostgreSQL in it. It stops when this
 * process ends, however that happens. Rejects with a sentence for operators when another process
 * still owns the folder after `patienceMs`, or with PostgreSQL's last words and what to do.
 */
export function startPostgres(options: StartOptions): Promise<EmbeddedPostgres> {
  return open(options, () => Promise.resolve(null));
}

/** Uses the PostgreSQL of the folder's live owner; null when it has none or is not accepting connections. */
export async function attachPostgres({ dataDir }: { readonly dataDir: string }): Promise<EmbeddedPostgres | null> {
  const folder = findDataFolder(dataDir);
  return folder === null ? null : attach(folder);
}

/** Attaches when another process owns the folder, starts when none does. Rejects as `startPostgres` does. */
export function openPostgres(options: StartOptions): Promise<EmbeddedPostgres> {
  return open(options, attach);
}

async function open(
  { dataDir, log, patienceMs = PATIENCE_MS }: StartOptions,
  meanwhile: (folder: DataFolder) => Promise<EmbeddedPostgres | null>,
): Promise<EmbeddedPostgres> {
  const deadline = Date.now() + patienceMs;
  const folder = makeDataFolder(dataDir);
  refuseForeignFiles(folder);
  while (!(await tryToOwn(folder))) {
    const attached = await meanwhile(folder);
    if (attached !== null) return attached;
    if (Date.now() >= deadline) throw new Error(await sayInUse(folder));
    await sleep(POLL_MS);
  }
  try {
    return await startOwned(folder, log, deadline);
  } catch (error) {
    removeSocketDirectory(folder.socketRecord);
    disown(folder);
    throw error;
  }
}

async function attach(folder: DataFolder): Promise<EmbeddedPostgres | null> {
  const owner = await ownerOf(folder);
  if (owner === null) return null;
  refuseForeignFiles(folder);
  const postmaster = readPostmaster(folder.cluster);
  // What a killed one wrote of itself still stands while the new owner starts: so ask.
  if (postmaster?.ready !== true || !(await answers(postmaster.socketDirectory))) return null;
  return {
    connection: connectionTo(postmaster.socketDirectory),
    stop: () => Promise.resolve(),
    version: bundledVersion(),
    how: `of process ${owner.pid}`,
  };
}

async function startOwned(folder: DataFolder, log: Log, deadline: number): Promise<EmbeddedPostgres> {
  await outlastPredecessor(folder.cluster, deadline);
  removeSocketDirectory(folder.socketRecord);
  const binaries = locateBinaries(folder.libraries);
  const socketParent = temporaryParentFor(folder.cluster);
  const account = chooseAccount(
    [folder.cluster, folder.path].filter((owned) => existsSync(owned)),
    [binaries.postgres, folder.path, socketParent ?? folder.path],
  );
  const host: Host = { folder, binaries, account, log };
  await prepareCluster(host);
  const socketDirectory = makeSocketDirectory(folder.cluster, socketParent, folder.socketRecord, account);
  const server = await launchCluster(host, socketDirectory, deadline);

  let stopping: Promise<void> | null = null;
  void server.ended.then(() => {
    if (stopping === null) log('error', `PostgreSQL in ${folder.cluster} ended by itself; start Joust again.`);
  });
  const stop = async (): Promise<void> => {
    server.stop();
    interruptPostmaster(folder.cluster); // in case the guard was killed
    await server.ended;
    removeSocketDirectory(folder.socketRecord);
    disown(folder);
  };
  return {
    connection: connectionTo(socketDirectory),
    stop: () => (stopping ??= stop()),
    version: binaries.version,
    how: account.how,
  };
}

function connectionTo(host: string): EmbeddedPostgres['connection'] {
  return { host, port: PORT, user: SUPERUSER, database: DATABASE };
}
