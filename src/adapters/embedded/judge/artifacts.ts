import { createHash, randomUUID } from 'node:crypto';
import { existsSync, rmSync, statSync } from 'node:fs';
import { mkdir, readdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SharedWork } from './shared-work';

/** How much is kept, at most. */
interface Room {
  readonly bytes: number;
  readonly files: number;
}
const ROOM: Room = { bytes: 512 * 2 ** 20, files: 2000 };

/** What a compiler made of a source, whoever wants it. */
export interface Compiled {
  readonly ok: boolean;
  readonly output: string;
  readonly cpuMs: number;
}

/** The name of what these words make: the same words, the same artifact. */
export function artifactName(...words: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(words)).digest('hex');
}

/**
 * Programs ready to run, on disk, by the hash of all that went into them. Outlives restarts; what was
 * not used for longest goes first when it grows too large. An artifact in use is never removed: whether
 * it is, and its removal, are one step that nothing comes between.
 */
export class Artifacts {
  /** Programs that are being compiled just now. */
  readonly making = new SharedWork<Compiled | undefined>();
  private readonly inUse = new Map<string, number>();
  /** The bytes of each, the longest unused first. */
  private readonly kept = new Map<string, number>();
  private bytes = 0;

  private constructor(
    readonly folder: string,
    private readonly room: Room,
  ) {}

  /** One at a time for a folder. */
  static async open(folder: string, room = ROOM): Promise<Artifacts> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const artifacts = new Artifacts(folder, room);
    const names = await readdir(folder);
    const found = names.map(async (name) => ({ name, entry: await stat(join(folder, name)) }));
    for (const { name, entry } of (await Promise.all(found)).toSorted((a, b) => a.entry.mtimeMs - b.entry.mtimeMs)) {
      // what a crash left half written
      if (name.startsWith('part-')) await rm(join(folder, name), { force: true });
      else artifacts.note(name, entry.size);
    }
    artifacts.trim();
    return artifacts;
  }

  has(name: string): boolean {
    return existsSync(join(this.folder, name));
  }

  /** Keeps `name` until released as often as held, and counts as a use of it. */
  hold(name: string): void {
    this.inUse.set(name, (this.inUse.get(name) ?? 0) + 1);
    const bytes = this.kept.get(name);
    if (bytes === undefined) return;
    this.kept.delete(name);
    this.kept.set(name, bytes);
    const now = new Date();
    // for the next start; nobody waits for it: without it, or without the file, it is merely older than it might be
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
    this.add(name);
  }

  /** Notes what came into the folder, and makes room for it. */
  add(name: string): void {
    this.note(name, statSync(join(this.folder, name)).size);
    this.trim();
  }

  /** Unless it is in use. */
  remove(name: string): void {
    if (this.inUse.has(name)) return;
    rmSync(join(this.folder, name), { force: true });
    this.bytes -= this.kept.get(name) ?? 0;
    this.kept.delete(name);
  }

  private note(name: string, bytes: number): void {
    this.bytes += bytes - (this.kept.get(name) ?? 0);
    this.kept.delete(name);
    this.kept.set(name, bytes);
  }

  private trim(): void {
    for (const name of this.kept.keys()) {
      if (this.kept.size <= this.room.files && this.bytes <= this.room.bytes) return;
      this.remove(name);
    }
  }
}
