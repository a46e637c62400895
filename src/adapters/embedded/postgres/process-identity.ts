import { readFileSync, readlinkSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { isErrno, unless } from './errno';

/**
 * One process, told apart from a later one that was given the same number. `startedAt` is in clock
 * ticks since `boot`; `namespace` is the process numbers' own (each start of a container has a new
 * one). Where there is no /proc all but the number are empty, and the number alone decides.
 */
export interface ProcessIdentity {
  readonly pid: number;
  readonly startedAt: string;
  readonly boot: string;
  readonly namespace: string;
}

const GONE = ['ENOENT', 'ESRCH'];
const HIDDEN = [...GONE, 'EACCES', 'EPERM', 'ENOTDIR'];

export function thisProcess(): ProcessIdentity {
  return {
    pid: process.pid,
    startedAt: statOf(process.pid)?.startedAt ?? '',
    boot: unless(HIDDEN, () => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()) ?? '',
    namespace: unless(HIDDEN, () => readlinkSync('/proc/self/ns/pid').replace(/\D/g, '')) ?? '',
  };
}

/** Whether exactly that process still runs; `unknown` when it lives in a container we cannot look into. */
export function livenessOf(other: ProcessIdentity): 'alive' | 'dead' | 'unknown' {
  const self = thisProcess();
  if (other.boot !== self.boot) return 'dead';
  if (other.namespace !== self.namespace) return 'unknown';
  if (!isRunning(other.pid)) return 'dead';
  const startedAt = statOf(other.pid)?.startedAt ?? '';
  return startedAt === '' || startedAt === other.startedAt ? 'alive' : 'dead';
}

/** Whether some process with this number runs. A zombie, which only waits to be reaped, does not. */
export function isRunning(pid: number): boolean {
  return isTaken(pid) && statOf(pid)?.zombie !== true;
}

/** Whether the number is taken, be it by a zombie. */
export function isTaken(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (isErrno(error, 'ESRCH')) return false;
    if (!isErrno(error, 'EPERM')) throw error; // EPERM: it runs, as another user
  }
  return true;
}

/** The program and arguments of a process; empty when it is gone. */
export function commandLineOf(pid: number): string {
  if (process.platform !== 'linux')
    return spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout;
  return unless(HIDDEN, () => readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')) ?? '';
}

/** proc(5): after the command in parentheses, which may hold anything, come the state and, 19 fields on, the start. */
function statOf(pid: number): { readonly startedAt: string; readonly zombie: boolean } | null {
  const stat = unless(HIDDEN, () => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  if (stat === null) return null;
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return { startedAt: fields[19] ?? '', zombie: fields[0] === 'Z' || fields[0] === 'X' };
}
