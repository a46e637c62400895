import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { codeOf, gather, type Prepared, reservedKiB, type Started } from './child-run';
import { NOTHING } from './process-usage';

/**
 * Any POSIX shell: sets the limits it can, runs the words, and says on descriptor 3 how much CPU time
 * they took, which is not known of a program that had to be ended.
 */
const SHELL = `for limit in "-c 0" "-s unlimited" "-t $1" "-d $2" "-f $3"; do ulimit $limit 2>/dev/null; done
shift 3; "$@" 3>&-; code=$?; times >&3; exit $code`;

/**
 * Starts a program WITHOUT ISOLATION: it may do all this server may. For trying Joust out where no
 * sandbox works, alone and with programs one trusts. Memory is limited where the system can, and never
 * measured; CPU time is known of programs that end by themselves.
 */
export function launchBare({ request, folder, input }: Prepared, talks: boolean): Promise<Started> {
  const { cpuMs, memoryKiB, fileBytes, family } = request;
  const tmp = join(folder, 'tmp');
  const dataKiB = memoryKiB + reservedKiB(family);
  const limits = [Math.ceil(cpuMs / 1000) + 1, dataKiB, Math.ceil(fileBytes / 512)].map(String);
  const argv = request.argv.map((word) => word.replace(/^\/(?=(box|tmp)\/)/, `${folder}/`));
  const child = spawn('/bin/sh', ['-c', SHELL, 'sh', ...limits, ...argv], {
    cwd: tmp,
    detached: true,
    env: { PATH: '/usr/local/bin:/usr/bin:/bin', LANG: 'C.UTF-8', HOME: tmp, TMPDIR: tmp },
    stdio: [talks ? 'pipe' : input.fd, 'pipe', 'pipe', 'pipe'],
  });
  const times: Buffer[] = [];
  gather(child.stdio[3] as Readable, times, 1024);
  const { stdin, stdout, stderr } = child;
  const used = () => ({ ...NOTHING, cpuMs: cpuMsIn(Buffer.concat(times).toString()) });
  const watched = { closed: codeOf(child), used, waitedMs: () => 0, hasBegun: () => true };
  return Promise.resolve({ child, stdin, stdout: stdout!, stderr: stderr!, ...watched });
}

/** The second line of what `times` prints: user and system time of all children, such as `0m1.230000s 0m0.010000s`. */
function cpuMsIn(said: string): number {
  const spans = [...(said.split('\n')[1] ?? '').matchAll(/(\d+)m([\d.]+)s/g)];
  return spans.reduce((sum, [, minutes, seconds]) => sum + Number(minutes) * 60_000 + Number(seconds) * 1000, 0);
}
