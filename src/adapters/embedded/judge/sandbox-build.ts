import { execFile } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { placesOf } from './toolchain';

const execute = promisify(execFile);

/** The first includes the others. */
const SOURCES = [
  'sandbox.c',
  'sandbox-box.c',
  'sandbox-probe.c',
  'sandbox-program.c',
  'sandbox-root.c',
  'syscall-filter.c',
] as const;
const COMPILERS = ['/usr/bin/cc', '/usr/bin/gcc', '/usr/bin/clang', 'cc', 'gcc', 'clang'];

/** The judge cannot work on this host, in words to act on. */
export class Unavailable extends Error {}

/**
 * The sandbox, compiled from the sources beside this file at its first use and again whenever they
 * change. Rejects with Unavailable.
 */
export async function buildSandbox(folder: string): Promise<string> {
  if (process.platform !== 'linux')
    throw new Unavailable('Programs can only be isolated on Linux; elsewhere set JUDGE0_URL.');
  const hash = createHash('sha256').update(process.arch);
  for (const source of SOURCES) hash.update(await readFile(join(__dirname, source)));
  const executable = join(folder, `sandbox-${hash.digest('hex').slice(0, 16)}`);
  if (existsSync(executable)) return executable;

  const [compiler] = placesOf(COMPILERS);
  if (!compiler)
    throw new Unavailable(
      'No C compiler was found, and the sandbox is built with one: install gcc (Debian: apt install g++).',
    );
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const part = `${executable}.${randomUUID()}`;
  try {
    await execute(compiler, ['-O2', '-Wall', '-Wextra', '-o', part, join(__dirname, SOURCES[0])], { timeout: 60_000 });
  } catch (error) {
    throw new Unavailable(`The sandbox could not be built with ${compiler}: ${String(error)}`);
  }
  await rename(part, executable);
  return executable;
}
