import { execFile, spawn } from 'node:child_process';
import {
  closeSync,
  existsSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
} from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { promisify } from 'node:util';
import { codeOf, gather, type Launch, type Prepared, reservedKiB } from './child-run';
import { NOTHING, usedBelow, waitedMsBelow } from './process-usage';
import { makePipes, pipeFromUs, pipeToUs } from './real-pipes';
import type { RunRequest } from './sandbox-protocol';
import { SYSCALL_FILTERS } from './syscall-filters';

const execute = promisify(execFile);

/** What programs see of the host, and who they are there. */
interface Surroundings {
  /** bubblewrap itself. */
  readonly command: string;
  readonly visible: readonly string[];
  readonly hidden: readonly string[];
  /** Whose rights they have, where that is not this server's own user. */
  readonly uid?: number;
}

const ENVIRONMENT = {
  ...{ PATH: '/usr/local/bin:/usr/bin:/bin', LANG: 'C.UTF-8', OPENSSL_CONF: '/dev/null' },
  ...{ HOME: '/tmp', TMPDIR: '/tmp' },
};
const IN_BOX_UID = '60000';
/** As in sandbox.c. */
const tmpBytes = (family: RunRequest['family']): string => String((family === 'compiler' ? 128 : 64) * 2 ** 20);
const PRLIMIT = '/usr/bin/prlimit';
/** As in `limit_cores`; the filter lets nobody set that one any more. */
const NO_CORES = '--core=1';
/** The descriptors it is given: where it tells, what it filters by, where a compiler's program goes. */
const [STATUS, FILTER, PRODUCT] = [3, 4, 5];
const STATUS_BYTES = 4096;
/** What the compiler leaves in a scratch folder that is gone with it. It does not get that descriptor itself. */
const KEEPING = ['/bin/sh', '-c', `"$@" ${PRODUCT}>&- && cat /tmp/product >&${PRODUCT}`, 'sh'];

/** The host's file tree as `sandbox-root.c` shows it. */
function fileTree({ visible, hidden }: Surroundings): string[] {
  const real = visible.map((path) => `${realpathSync(path)}/`);
  const covered = hidden.filter((path) => real.some((shown) => path.startsWith(shown)));
  return [
    ...visible.flatMap((path) =>
      lstatSync(path).isSymbolicLink() ? ['--symlink', readlinkSync(path), path] : ['--ro-bind', path, path],
    ),
    ...covered.flatMap((path) => ['--size', '4096', '--perms', '0555', '--tmpfs', path, '--remount-ro', path]),
    ...['null', 'urandom'].flatMap((name) => ['--dev-bind', `/dev/${name}`, `/dev/${name}`]),
    ...['--dir', '/proc', '--chdir', '/tmp'],
  ];
}

/** What only this run has. */
async function furniture({ request, folder }: Prepared): Promise<string[]> {
  const [users, maps] = [join(folder, 'passwd'), join(folder, 'maps')];
  await writeFile(users, `box:x:${IN_BOX_UID}:${IN_BOX_UID}::/tmp:/\n`);
  const words = [
    ...['--ro-bind', users, '/etc/passwd', '--ro-bind', join(folder, 'box'), '/box'],
    ...['--size', tmpBytes(request.family), '--perms', '1777', '--tmpfs', '/tmp'],
  ];
  if (request.self === undefined) return words;
  await writeFile(maps, mappings());
  return [...words, '--symlink', request.self, '/proc/self/exe', '--ro-bind', maps, '/proc/self/maps'];
}

/** As in `show_self`: libc finds its main thread's stack by this. Where that will be is not known, but it is in the 64 GiB ours is in. */
function mappings(): string {
  const [, stack = '0'] = /^([0-9a-f]+)-.*\[stack\]$/m.exec(readFileSync('/proc/self/maps', 'utf8')) ?? [];
  const around = (BigInt(`0x${stack}`) >> 36n) << 36n;
  const span = (from: bigint, to: bigint) => `${from.toString(16)}-${to.toString(16)}`;
  const [below, above] = [span(around - 4096n, around), span(around, around + (1n << 36n))];
  return `${below} ---p 00000000 00:00 0\n${above} rw-p 00000000 00:00 0 [stack]\n`;
}

/** As in `set_limits`, by util-linux: the last to run before the program, and already behind the filter. */
function limited({ cpuMs, memoryKiB, fileBytes, family }: RunRequest): string[] {
  const seconds = Math.floor(cpuMs / 1000) + 2; // a backstop
  const data = 1024 * (memoryKiB + reservedKiB(family));
  return [
    ...[PRLIMIT, `--cpu=${seconds}:${seconds + 1}`, `--data=${data}`, `--fsize=${Math.ceil(fileBytes)}`],
    ...['--stack=unlimited', '--nofile=64', '--nproc=64', '--memlock=65536', '--msgqueue=0'],
    ...['--sigpending=256'],
  ];
}

/** The descriptors that this server was itself given by whoever started it: Node passes those on, and its own it does not. */
function inherited(): number[] {
  const CLOSED_ON_EXEC = 0o2000000;
  return readdirSync('/proc/self/fdinfo')
    .map(Number)
    .filter((fd) => {
      const file = `/proc/self/fdinfo/${fd}`;
      // what the folder was read by is among them
      const flags = existsSync(file) ? /^flags:\s+(\d+)/m.exec(readFileSync(file, 'utf8'))?.[1] : undefined;
      return flags !== undefined && (parseInt(flags, 8) & CLOSED_ON_EXEC) === 0;
    });
}

/** Says its version. Rejects where it cannot be started. */
export async function bubblewrapVersion(command: string): Promise<string> {
  const { stdout } = await execute(command, ['--version'], { timeout: 10_000 });
  return stdout.trim();
}

/**
 * Starts programs behind bubblewrap, with the file tree, the limits and the filter of system calls that the
 * sandbox has. What they use is looked at from outside: what they did since the last look is not known.
 */
export function throughBubblewrap(surroundings: Surroundings): Launch {
  const { command, uid } = surroundings;
  const strays = inherited();
  const walls = [
    ...['--unshare-user', '--unshare-all', '--uid', IN_BOX_UID, '--gid', IN_BOX_UID, '--hostname', 'box'],
    ...['--cap-drop', 'ALL', '--die-with-parent', '--new-session'],
    ...['--json-status-fd', `${STATUS}`, '--seccomp', `${FILTER}`],
    ...fileTree(surroundings),
  ];
  return async (prepared, talks) => {
    const { request, folder, input } = prepared;
    const inFolder = (name: string) => join(folder, name);
    await makePipes(...['in', 'out', 'err'].map(inFolder));
    const furnished = await furniture(prepared);
    const [stdin, stdout, stderr] = [
      talks && pipeFromUs(inFolder('in')),
      pipeToUs(inFolder('out')),
      pipeToUs(inFolder('err')),
    ];
    const product = request.product === undefined ? [] : [openSync(inFolder('tmp/product'), 'w')];
    // a stray is replaced by nothing, which bubblewrap then reads as arguments and closes
    const taken = FILTER + product.length;
    const closing = strays.filter((fd) => fd > taken).flatMap((fd) => ['--args', `${fd}`]);
    const nothing = openSync('/dev/null', 'r');
    const blanks = Array.from({ length: Math.max(0, Math.max(...strays) - taken) }, (_, index) =>
      strays.includes(taken + 1 + index) ? nothing : ('ignore' as const),
    );
    const rest = ['--remount-ro', '/', '--', ...limited(request), ...(request.product ? KEEPING : []), ...request.argv];
    const child = spawn(PRLIMIT, [NO_CORES, command, ...walls, ...closing, ...furnished, ...rest], {
      ...{ cwd: '/', detached: true, env: ENVIRONMENT, ...(uid !== undefined && { uid, gid: uid }) },
      stdio: [stdin ? stdin.given : input.fd, stdout.given, stderr.given, 'pipe', 'pipe', ...product, ...blanks],
    });
    const closed = codeOf(child, stdout.own, stderr.own);
    for (const given of [stdout.given, stderr.given, ...(stdin ? [stdin.given] : []), ...product, nothing])
      closeSync(given);
    const filter = child.stdio[FILTER] as Writable;
    filter.on('error', () => undefined); // it has ended before it read that, and is told by its end
    filter.end(Buffer.from(SYSCALL_FILTERS[request.family], 'hex'));
    const told: Buffer[] = [];
    gather(child.stdio[STATUS] as Readable, told, STATUS_BYTES);
    const said = (name: string) => new RegExp(`"${name}": (\\d+)`).exec(Buffer.concat(told).toString())?.[1];
    const first = () => (child.exitCode === null ? Number(said('child-pid') ?? 0) : 0);
    let most = NOTHING;
    const used = () => {
      const now = first() > 0 ? usedBelow(first()) : NOTHING;
      const [cpuMs, memoryKiB] = [Math.max(most.cpuMs, now.cpuMs), Math.max(most.memoryKiB, now.memoryKiB)];
      return (most = { cpuMs, memoryKiB, files: now.files });
    };
    const waitedMs = () => (first() > 0 ? waitedMsBelow(first()) : 0);
    const streams = { stdin: stdin ? stdin.own : null, stdout: stdout.own, stderr: stderr.own };
    return { child, ...streams, closed, used, waitedMs, hasBegun: () => said('exit-code') !== undefined };
  };
}
