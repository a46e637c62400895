import { execFile } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { placesOf } from './toolchain';

const execute = promisify(execFile);

/** The first includes the others. */
const SOURCES = [
  'sandbox.c',
  'sandbox-box.c',
  'sandbox-cgroup.c',
  'sandbox-keeper.c',
  'sandbox-pair.c',
  'sandbox-probe.c',
  'sandbox-program.c',
  'sandbox-root.c',
  'sandbox-warm.c',
  'sandbox-watch.c',
  'sandbox-wire.c',
  'syscall-filter.c',
] as const;
export const COMPILERS: readonly string[] = ['/usr/bin/cc', '/usr/bin/gcc', '/usr/bin/clang', 'cc', 'gcc', 'clang'];

/** Beside the program as it is released, for hosts without a compiler; made by `npm run build:sandbox`. */
export const PREBUILT = join(__dirname, '../../../sandbox-' + process.arch);

/** The judge cannot work on this host, in words to act on. */
export class Unavailable extends Error {}

/** What a sandbox was built from; each says it when asked with `--source`. */
export async function sourceHash(): Promise<string> {
  const hash = createHash('sha256').update(process.arch);
  for (const source of SOURCES) hash.update(await readFile(join(__dirname, source)));
  return hash.digest('hex').slice(0, 16);
}

/** Compiles the sources beside this file, whole or not at all. Rejects with the compiler's words. */
export async function compileSandbox(
  compiler: string,
  flags: readonly string[],
  hash: string,
  into: string,
): Promise<void> {
  await mkdir(dirname(into), { recursive: true, mode: 0o700 });
  const part = `${into}.${randomUUID()}`;
  const options = ['-O2', '-Wall', '-Wextra', ...flags, `-DSOURCE="${hash}"`, '-o', part, join(__dirname, SOURCES[0])];
  await execute(compiler, options, { timeout: 60_000 });
  await rename(part, into);
}

async function isBuiltFrom(hash: string, executable: string): Promise<boolean> {
  const { stdout } = await execute(executable, ['--source'], { timeout: 10_000 });
  return stdout.trim() === hash;
}

/**
 * The sandbox, compiled from the sources beside this file at its first use and again whenever they
 * change; where there is no compiler, the one that was released with them. Rejects with Unavailable.
 */
export async function buildSandbox(folder: string, compilers = COMPILERS, prebuilt = PREBUILT): Promise<string> {
  if (process.platform !== 'linux')
    throw new Unavailable(
      'Programs can only be isolated on Linux: hold contests there (on Windows in WSL 2), or set JUDGE0_URL. To try things out alone on a machine with a POSIX shell, JUDGE_UNSAFE_LOCAL=1 lets programs run without isolation.',
    );
  const hash = await sourceHash();
  const executable = join(folder, `sandbox-${hash}`);
  if (existsSync(executable)) return executable;

  const [compiler] = placesOf(compilers);
  if (compiler) {
    try {
      // a compiler of tomorrow may warn of what is none of a host's business: -Werror is for us, see the tests.
      // Without libraries to map, a box is made and taken down in a tenth less time; not every host has libc for that
      await compileSandbox(compiler, ['-static'], hash, executable).catch(() =>
        compileSandbox(compiler, [], hash, executable),
      );
    } catch (error) {
      throw new Unavailable(`The sandbox could not be built with ${compiler}: ${String(error)}`);
    }
    return executable;
  }
  if (!existsSync(prebuilt))
    throw new Unavailable(
      'No C compiler was found, and the sandbox is built with one: install gcc (Debian: apt install g++).',
    );
  if (!(await isBuiltFrom(hash, prebuilt)))
    throw new Unavailable(`${prebuilt} was built from other sources than these: install gcc, or make it anew.`);
  return prebuilt;
}
