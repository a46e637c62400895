import type { SandboxMode } from './sandbox.process';

/** Such as `namespaces and Landlock, as root`. */
export function inWords({ namespaces, root, landlock, cgroup }: SandboxMode): string {
  const walls = [...(namespaces ? ['namespaces'] : []), ...(landlock > 0 ? ['Landlock'] : [])].join(' and ');
  return `${walls}, as ${root ? 'root' : 'an ordinary user'}${cgroup ? ', in cgroups' : ''}`;
}

/** What it means for programs, and how there could be more. All of it is enough to judge by. */
export function explained({ namespaces, root, landlock }: SandboxMode): string {
  const identity = root ? 'an identity of its own' : 'the identity of this server, of which it sees nothing';
  if (!namespaces)
    return `This host grants no namespaces: Landlock and the filter of system calls keep programs in by themselves. For namespaces as well, run this as root outside of a container, or allow user namespaces (see docs/judge.md).`;
  const second =
    landlock > 0 ? 'Landlock is a second wall.' : 'A second wall would be Landlock, in Linux 5.13 or newer.';
  return `Each program runs in namespaces of its own, with ${identity}. ${second}`;
}

export const bubblewrapInWords = (isRoot: boolean): string => `bubblewrap, as ${isRoot ? 'root' : 'an ordinary user'}`;

/** What a judge behind bubblewrap cannot do, and what there is to do about it. */
export const BUBBLEWRAP_EXPLAINED =
  'Until then bubblewrap isolates programs, which is enough to judge by and measures less: what they use is looked at from outside every 10 ms, so that the last moments of each are not counted and short programs show no time and no memory; and one that this host was too busy to run may be found too slow.';

export const BUBBLEWRAP_INSTEAD =
  'Where there can be no compiler, bubblewrap isolates programs as well, and measures less (Debian: apt install bubblewrap).';
