import { readdirSync, readFileSync, statfsSync } from 'node:fs';

export interface Used {
  readonly cpuMs: number;
  readonly memoryKiB: number;
  /** How many there are in its scratch folder. */
  readonly files: number;
}

export const NOTHING: Used = { cpuMs: 0, memoryKiB: 0, files: 0 };

/** What one tick of the kernel's clock for people is, on every Linux there is. */
const TICK_MS = 10;
/** Page tables of less address space than this are not worth counting. */
const VAST_KIB = 8 * 2 ** 20;
/** It is gone, or not yet what it will be. */
const NOT_THERE: readonly (string | undefined)[] = ['ENOENT', 'ESRCH', 'EACCES'];

function ifThere<Found>(look: () => Found): Found | undefined {
  try {
    return look();
  } catch (error) {
    if (NOT_THERE.includes((error as NodeJS.ErrnoException).code)) return undefined;
    throw error;
  }
}

const contentOf = (path: string): string => ifThere(() => readFileSync(path, 'utf8')) ?? '';

/** All that process 1 of a box has started, also by way of others. */
function programsBelow(pid: number): number[] {
  const children = contentOf(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean).map(Number);
  return children.flatMap((child) => [child, ...programsBelow(child)]);
}

/** All together: CPU time in steps of 10 ms, each one's memory at its most. */
export function usedBelow(pid: number): Used {
  return programsBelow(pid)
    .map(usedBy)
    .reduce(
      (all, one) => ({
        cpuMs: all.cpuMs + one.cpuMs,
        memoryKiB: all.memoryKiB + one.memoryKiB,
        files: Math.max(all.files, one.files),
      }),
      NOTHING,
    );
}

/** The folders of its threads. */
const threadsOf = (pid: number): string[] =>
  (ifThere(() => readdirSync(`/proc/${pid}/task`)) ?? []).map((thread) => `/proc/${pid}/task/${thread}`);

/** By the first of its threads that knows of memory: the main one may have ended before the others. */
function memoryOf(pid: number): string {
  const knows = (status: string) => status.includes('VmHWM');
  const own = contentOf(`/proc/${pid}/status`);
  if (knows(own)) return own;
  return (
    threadsOf(pid)
      .map((thread) => contentOf(`${thread}/status`))
      .find(knows) ?? ''
  );
}

function usedBy(pid: number): Used {
  const stat = contentOf(`/proc/${pid}/stat`);
  const status = memoryOf(pid);
  // user and system time, its own and that of children it has waited for
  const times = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = times.slice(11, 15).reduce((sum, time) => sum + Number(time), 0);
  const kib = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0);
  const tables = kib('VmSize') > VAST_KIB ? kib('VmPTE') : 0;
  const scratch = ifThere(() => statfsSync(`/proc/${pid}/root/tmp`));
  return {
    cpuMs: ticks * TICK_MS,
    memoryKiB: kib('VmHWM') + tables,
    files: scratch ? scratch.files - scratch.ffree : 0,
  };
}

/** The longest that a thread of theirs was ready to run and got no processor. */
export function waitedMsBelow(pid: number): number {
  const threads = programsBelow(pid).flatMap(threadsOf);
  return Math.max(0, ...threads.map((thread) => Number(contentOf(`${thread}/schedstat`).split(' ')[1] ?? 0) / 1e6));
}
