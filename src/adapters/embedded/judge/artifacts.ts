import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const MAX_BYTES = 512 * 2 ** 20;
const MAX_FILES = 2000;

/** The name of what these words make: the same words, the same artifact. */
export function artifactName(...words: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(words)).digest('hex');
}

/**
 * Programs ready to run, on disk, by the hash of all that went into them. Outlives restarts; what was
 * not used for longest goes first when it grows too large. An artifact in use is never removed.
 */
export class Artifacts {
  private readonly inUse = new Map<string, number>();

  private constructor(readonly folder: string) {}

  static async open(folder: string): Promise<Artifacts> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const artifacts = new Artifacts(folder);
    // what a crash left half written
    const parts = (await readdir(folder)).filter((name) => name.startsWith('part-'));
    await Promise.all(parts.map((name) => rm(join(folder, name), { force: true })));
    await artifacts.trim();
    return artifacts;
  }

  has(name: string): boolean {
    return existsSync(join(this.folder, name));
  }

  /** Keeps `name` until released as often as held, and counts as a use of it. */
  hold(name: string): void {
    this.inUse.set(name, (this.inUse.get(name) ?? 0) + 1);
    const now = new Date();
    // nobody waits for the note: without it, or without the file, it is merely older than it might be
    utimes(join(this.folder, name), now, now).catch(() => undefined);
  }

  release(name: string): void {
    const left = (this.inUse.get(name) ?? 1) - 1;
    if (left > 0) this.inUse.set(name, left);
    else this.inUse.delete(name);
  }

  /** Whole or not at all, also when two write the same at once. */
  async write(name: string, content: string | Buffer): Promise<void> {
    if (this.has(name)) return;
    const part = join(this.folder, `part-${randomUUID()}`);
    await writeFile(part, content, { mode: 0o600 });
    await rename(part, join(this.folder, name));
    await this.trim();
  }

  async remove(name: string): Promise<void> {
    if (!this.inUse.has(name)) await rm(join(this.folder, name), { force: true });
  }

  /** Called whenever something was added. */
  async trim(): Promise<void> {
    const names = (await readdir(this.folder)).filter((name) => !name.startsWith('part-'));
    const found = await Promise.all(
      names.map(async (name) => {
        const entry = await stat(join(this.folder, name)).catch(() => undefined);
        return { name, bytes: entry?.size ?? 0, usedAt: entry?.mtimeMs ?? 0 };
      }),
    );
    let files = found.length;
    let bytes = found.reduce((sum, entry) => sum + entry.bytes, 0);
    for (const entry of found.sort((a, b) => a.usedAt - b.usedAt)) {
      if (files <= MAX_FILES && bytes <= MAX_BYTES) return;
      if (this.inUse.has(entry.name)) continue;
      await rm(join(this.folder, entry.name), { force: true });
      files -= 1;
      bytes -= entry.bytes;
    }
  }
}
