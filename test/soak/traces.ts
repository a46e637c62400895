import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { processesNaming } from '../support/processes';

/* What programs may have left on this host. */

/** Files that some of them try to leave for the next one to find. */
const PLANTED = [
  '/tmp',
  '/var/tmp',
  '/dev/shm',
  '/',
  '/usr',
  '/usr/bin',
  '/usr/lib',
  '/etc',
  '/run/lock',
  '/dev/mqueue',
].flatMap((folder) =>
  ['joust_owned', 'joust_channel', 'test2-was-here', 'own', 'sparse'].map((name) => join(folder, name)),
);

const linesOf = (path: string): string[] => (existsSync(path) ? readFileSync(path, 'utf8').trimEnd().split('\n') : []);

/** The groups of cgroups that keepers made: below ours in version 1, below or beside it in version 2. */
export function keepersGroups(): string[] {
  const folders = linesOf('/proc/self/cgroup').flatMap((line) => {
    const [, controllers, path] = line.split(':');
    const folder = join('/sys/fs/cgroup', controllers ?? '', path ?? '/');
    return controllers === '' && path !== '/' ? [folder, dirname(folder)] : [folder];
  });
  return folders
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))
    .filter((group) => basename(group).startsWith('joust-'));
}

const OWNER_COLUMN = { msg: 7, sem: 4, shm: 7 };
const isOfBox = (uid: number): boolean => uid >= 60_000 && uid < 65_534;

export interface Traces {
  readonly files: readonly string[];
  readonly mounts: readonly string[];
  readonly groups: readonly string[];
  /** Queues, semaphores and shared memory of System V. */
  readonly ipc: readonly string[];
}

export const traces = (): Traces => ({
  files: PLANTED.filter((path) => existsSync(path)),
  mounts: linesOf('/proc/self/mounts').filter((line) => line.includes('joust-')),
  groups: keepersGroups(),
  ipc: Object.entries(OWNER_COLUMN).flatMap(([kind, column]) =>
    linesOf(`/proc/sysvipc/${kind}`).filter((line) => isOfBox(Number(line.trim().split(/\s+/)[column]))),
  ),
});

/** What is there now and was not before, as lines to look at, of a judge that is closed. */
export function leftSince(before: Traces, dataDir: string, keepers: readonly number[]): string[] {
  const after = traces();
  const isNew = (kind: keyof Traces) =>
    after[kind].filter((one) => !before[kind].includes(one)).map((one) => `${kind}: ${one}`);
  const groups = isNew('groups').filter((line) => keepers.includes(Number(/joust-(\d+)$/.exec(line)?.[1])));
  return [
    ...[...isNew('files'), ...isNew('mounts'), ...isNew('ipc'), ...groups],
    ...processesNaming(dataDir).map((pid) => `process: ${linesOf(`/proc/${pid}/status`).slice(0, 7).join(' ')}`),
    ...readdirSync(join(dataDir, 'root')).map((name) => `root: ${name}`),
    ...readdirSync(join(dataDir, 'programs')).filter((name) => name.startsWith('part-')),
  ];
}
