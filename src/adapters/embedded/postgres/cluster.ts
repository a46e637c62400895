import {
  chownSync,
  closeSync,
  existsSync,
  fsyncSync,
  lchownSync,
  mkdtempSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Binaries } from './binaries';
import type { DataFolder } from './data-folder';
import { type GuardedProcess, runGuarded } from './guarded-process';
import { type Log, PostgresLog } from './postgres-log';
import { initdbArguments, postgresArguments } from './postgres-settings';
import { outlastPredecessor } from './postmaster';
import { StartFailure } from './start-failure';
import type { Account } from './unprivileged-account';

const UNFINISHED = 'postgres.unfinished-';
const RETRY_MS = 50;

export interface Host {
  readonly folder: DataFolder;
  readonly binaries: Binaries;
  readonly account: Account;
  readonly log: Log;
}

/**
 * Makes the database files if there are none, and `account` their owner. They are made aside and
 * moved into place when complete, so that a start that was killed is simply done again.
 */
export async function prepareCluster({ folder, binaries, account, log }: Host): Promise<void> {
  removeUnfinished(folder.path);
  if (existsSync(folder.cluster)) {
    giveTo(account, folder.cluster);
    return;
  }
  const unfinished = mkdtempSync(path.join(folder.path, UNFINISHED)); // a new name: a killed start's initdb may take a moment to end
  chownSync(unfinished, account.uid, account.gid);
  const heard = new PostgresLog(log);
  const command = [binaries.initdb, ...initdbArguments(unfinished)];
  const status = await runGuarded(command, account, environment(binaries), heard.hear).ended;
  if (status !== 0) {
    rmSync(unfinished, { recursive: true, force: true });
    throw new StartFailure(folder.cluster, heard.tail());
  }
  renameSync(unfinished, folder.cluster);
  syncFolder(folder.path);
}

/**
 * Resolves when PostgreSQL accepts connections, after recovery if it was killed; rejects with a
 * `StartFailure`. Until `deadline` (milliseconds since 1970) it tries again while the last processes
 * of a killed predecessor still use the files.
 */
export async function launchCluster(host: Host, socketDirectory: string, deadline: number): Promise<GuardedProcess> {
  for (;;) {
    try {
      return await launchOnce(host, socketDirectory);
    } catch (error) {
      if (!(error instanceof StartFailure) || !error.passes || Date.now() >= deadline) throw error;
    }
    await sleep(RETRY_MS);
    await outlastPredecessor(host.folder.cluster, deadline);
  }
}

async function launchOnce({ folder, binaries, account, log }: Host, socketDirectory: string): Promise<GuardedProcess> {
  const heard = new PostgresLog(log);
  const command = [binaries.postgres, ...postgresArguments(folder.cluster, socketDirectory)];
  const server = runGuarded(command, account, environment(binaries), heard.hear);
  const failed = server.ended.then(() => Promise.reject(new StartFailure(folder.cluster, heard.tail())));
  await Promise.race([heard.ready, failed]);
  return server;
}

function removeUnfinished(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (!name.startsWith(UNFINISHED)) continue;
    rmSync(path.join(folder, name), { recursive: true, force: true, maxRetries: 10 });
  }
}

function environment({ libraries }: Binaries): NodeJS.ProcessEnv {
  const found = libraries === null ? {} : { LD_LIBRARY_PATH: libraries };
  return { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC', ...found };
}

function giveTo({ uid, gid }: Account, cluster: string): void {
  if (statSync(cluster).uid === uid) return;
  for (const entry of readdirSync(cluster, { recursive: true, encoding: 'utf8' })) {
    lchownSync(path.join(cluster, entry), uid, gid);
  }
  chownSync(cluster, uid, gid); // last: interrupted before, it is done again
}

/** Makes a rename in `folder` outlive a power cut. */
function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
