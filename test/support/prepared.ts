import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Where suites share what takes long to make; see test/before-all.cjs. Outside of jest there is none, and each makes its own. */
const SHARED = process.env['JOUST_TEST_SHARED'];

interface Preparing {
  /** A name for what is prepared. */
  readonly what: string;
  readonly into: string;
  /** Whether its files are replaced, never changed, so that copies may share them. */
  readonly linked?: boolean;
  readonly make: (folder: string) => Promise<void>;
}

/**
 * Puts into a folder what a first start would make there, for suites that are not about first starts: it is
 * made once in a run of the tests, by the first that wants it, and copied by all.
 */
export async function prepare({ what, into, linked = false, make }: Preparing): Promise<void> {
  if (SHARED === undefined) return;
  const ready = join(SHARED, what);
  if (!existsSync(ready)) {
    const part = await mkdtemp(join(SHARED, 'part-'));
    await make(part);
    // Two may have made it at once: the first to be ready is kept.
    try {
      await rename(part, ready);
    } catch (error) {
      if (!['ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
      await rm(part, { recursive: true, force: true });
    }
  }
  await mkdir(into, { recursive: true });
  await promisify(execFile)('cp', [linked ? '-al' : '-a', `${ready}/.`, into]);
}
