import { isUtf8 } from 'node:buffer';
import { lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

type Kind = 'file' | 'folder' | 'link' | 'nothing' | 'other';

/**
 * Reads text files of one folder and collects, in words, what is wrong with them. Follows no symbolic link, so that a
 * folder from elsewhere cannot have files of this machine read.
 */
export class FolderReader {
  readonly defects: string[] = [];

  constructor(readonly path: string) {}

  /** What lies there, links not followed. */
  async kind(inside: string): Promise<Kind> {
    try {
      return kindOf(await lstat(join(this.path, inside)));
    } catch (error) {
      if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return 'nothing';
      throw error;
    }
  }

  /** The names of the files in a folder, sorted; a defect and none if there is no such folder. */
  async files(inside: string): Promise<string[]> {
    const kind = await this.kind(inside);
    if (kind !== 'folder') {
      this.defects.push(`${inside} is ${kind === 'nothing' ? 'missing' : 'no folder'}`);
      return [];
    }
    const entries = await readdir(join(this.path, inside), { withFileTypes: true });
    for (const entry of entries) {
      const found = kindOf(entry);
      if (found !== 'file') this.defects.push(`${inside}/${entry.name} is ${found === 'link' ? 'a link' : 'no file'}`);
    }
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => entry.name)
      .sort();
  }

  /** A file's text: UTF-8 without NUL, of at most `maxBytes`. A defect and undefined if it is not that. */
  async text(inside: string, maxBytes: number): Promise<string | undefined> {
    const found = await this.read(inside, maxBytes);
    if (typeof found !== 'string') return found.toString('utf8');
    this.defects.push(`${inside} ${found}`);
    return undefined;
  }

  /** A file's bytes, or what is wrong with it. */
  private async read(inside: string, maxBytes: number): Promise<Buffer | string> {
    const kind = await this.kind(inside);
    if (kind === 'nothing') return 'is missing';
    if (kind !== 'file') return kind === 'link' ? 'is a link' : 'is no file';
    const { size } = await lstat(join(this.path, inside));
    if (size > maxBytes) return `has ${size} bytes, at most ${maxBytes} may be`;
    const bytes = await readFile(join(this.path, inside));
    if (bytes.includes(0)) return 'contains a NUL';
    return isUtf8(bytes) ? bytes : 'is not UTF-8';
  }
}

interface Entry {
  isSymbolicLink(): boolean;
  isFile(): boolean;
  isDirectory(): boolean;
}

function kindOf(entry: Entry): Kind {
  if (entry.isSymbolicLink()) return 'link';
  if (entry.isFile()) return 'file';
  return entry.isDirectory() ? 'folder' : 'other';
}

const codeOf = (error: unknown) =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
