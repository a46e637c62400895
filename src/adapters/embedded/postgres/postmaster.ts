import { readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isErrno, unless } from './errno';
import { commandLineOf, isRunning, isTaken } from './process-identity';
import { socketIn } from './socket-directory';

/** What PostgreSQL's main process says of itself in `postmaster.pid`; it may no longer run. */
interface Postmaster {
  readonly pid: number;
  readonly socketDirectory: string;
  /** It was accepting connections when it last wrote. */
  readonly ready: boolean;
}

const POLL_MS = 25;

/** Null when there is no such file, or not yet all of it. Its lines: src/include/utils/pidfile.h of PostgreSQL. */
export function readPostmaster(cluster: string): Postmaster | null {
  const text = unless(['ENOENT', 'ENOTDIR'], () => readFileSync(pidFile(cluster), 'utf8'));
  const [pid = '', , , , socketDirectory = '', , , status = ''] = text?.split('\n') ?? [];
  return Number(pid) > 0 ? { pid: Number(pid), socketDirectory, ready: status.trim() === 'ready' } : null;
}

/** Asks the main process of `cluster`, if it runs, for a fast shutdown. Asked twice, it stops once. */
export function interruptPostmaster(cluster: string): void {
  const postmaster = readPostmaster(cluster);
  if (postmaster === null || !servesCluster(postmaster.pid, cluster)) return;
  unless(['ESRCH'], () => process.kill(postmaster.pid, 'SIGINT'));
}

/**
 * For the owner of the folder, before it starts PostgreSQL: stops the one a killed owner left, waits
 * until it is gone, and removes what it left and would stand in the way. Throws a sentence for
 * operators when it still runs at `deadline` (milliseconds since 1970).
 */
export async function outlastPredecessor(cluster: string, deadline: number): Promise<void> {
  const left = readPostmaster(cluster);
  if (left === null) return;
  interruptPostmaster(cluster);
  while (servesCluster(left.pid, cluster)) {
    if (Date.now() >= deadline) {
      throw new Error(
        `The database in ${cluster} is still shutting down (process ${left.pid}): wait until that process has ended, then start again.`,
      );
    }
    await sleep(POLL_MS);
  }
  // PostgreSQL sorts out a dead process's files itself, but takes a zombie, or any program that by now has its number, for it.
  if (isTaken(left.pid)) rmSync(pidFile(cluster), { force: true });
  for (const file of [socketIn(cluster), `${socketIn(cluster)}.lock`]) rmSync(file, { force: true });
}

/** Whether a server accepts connections on the socket in `directory`, from whatever container. */
export async function answers(directory: string): Promise<boolean> {
  const socket = connect(socketIn(directory));
  try {
    await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject));
    return true;
  } catch (error) {
    if (isErrno(error, 'ECONNREFUSED', 'ENOENT', 'ENOTDIR')) return false;
    throw error;
  } finally {
    socket.destroy();
  }
}

function servesCluster(pid: number, cluster: string): boolean {
  return isRunning(pid) && `${commandLineOf(pid)} `.includes(` -D ${cluster} `);
}

function pidFile(cluster: string): string {
  return path.join(cluster, 'postmaster.pid');
}
