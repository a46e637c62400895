import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, realpath, rename, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { LanguageId } from '../../../contract/terms';
import { artifactName } from './artifacts';
import type { Tool } from './toolchain';

const execute = promisify(execFile);

const HEADER = 'bits/stdc++.h';
/** Where a box with namespaces has the folder; see `build_root` in sandbox-root.c. */
const IN_BOX = '/headers';
const BUILD_SECONDS = 120;
/** One is about 100 MB. Where the disk is that full, there is better use for it. */
const FREE_BYTES_AT_LEAST = 2 ** 30;
const PART = 'part-';

/** Nothing but comments may come before it, or it means something else than by itself. */
const BEGINS_WITH_IT = /^\ufeff?(?:\s|\/\/[^\n]*\n|\/\*[^]*?\*\/)*#[ \t]*include[ \t]*<bits\/stdc\+\+\.h>/;

/** The words of a compiler that change what a header means. */
const flagsOf = (tool: Tool): string[] =>
  (tool.recipe.compile?.(tool, '') ?? []).filter((word) => word.startsWith('-') && !/^-[ol]/.test(word));

/**
 * `bits/stdc++.h`, which half of all C++ submissions begin with, read once and for all: 2 s of CPU time
 * less for each of them. One for each dialect that is offered; made in the background when the first
 * source asks for it, kept over restarts, and only where the compiler is seen to use it.
 */
export class PrecompiledHeaders {
  private readonly closing = new AbortController();
  /** Those begun by this process: one that failed is not begun again, since nothing but time depends on it. */
  private readonly builds = new Map<string, Promise<void>>();

  private constructor(
    private readonly folder: string,
    private readonly names: ReadonlyMap<LanguageId, string>,
    private readonly builder: boolean,
  ) {}

  /** `builder`: this process makes those that are missing and clears up; only one in a folder does. */
  static async open(folder: string, tools: readonly Tool[], builder: boolean): Promise<PrecompiledHeaders> {
    await mkdir(folder, { recursive: true, mode: 0o755 });
    const all = tools.filter(({ recipe }) => recipe.extension === 'cpp');
    const names = await Promise.all(all.map(async (tool) => [tool.recipe.id, await nameFor(tool)] as const));
    const headers = new PrecompiledHeaders(folder, new Map(names), builder);
    const wanted = new Set(names.map(([, name]) => name));
    const others = builder ? (await readdir(folder)).filter((name) => !wanted.has(name)) : [];
    await Promise.all(others.map((name) => rm(join(folder, name), { recursive: true })));
    return headers;
  }

  /** What to tell the compiler in the box so that it need not read the header; nothing while there is none. */
  wordsFor(tool: Tool, source: string): string[] {
    const name = this.names.get(tool.recipe.id);
    if (name === undefined || !BEGINS_WITH_IT.test(source)) return [];
    if (existsSync(join(this.folder, name))) return [`-I${IN_BOX}/${name}`];
    if (this.builder && !this.builds.has(name) && !this.closing.signal.aborted)
      // a compiler that cannot, a full disk: sources are compiled all the same
      this.builds.set(
        name,
        this.build(tool, name).catch(() => undefined),
      );
    return [];
  }

  /** Resolves when what is being made is ready or given up. */
  async settled(): Promise<void> {
    await Promise.all(this.builds.values());
  }

  async close(): Promise<void> {
    this.closing.abort();
    await this.settled();
  }

  private async build(tool: Tool, name: string): Promise<void> {
    const { bavail, bsize } = await statfs(this.folder);
    if (bavail * bsize < FREE_BYTES_AT_LEAST) return;
    const part = await mkdtemp(join(this.folder, PART));
    try {
      await mkdir(join(part, 'bits'));
      const header = join(part, HEADER);
      await writeFile(header, `#include <${HEADER}>\n`);
      await this.compile(tool, ['-x', 'c++-header', '-o', `${header}.gch`, header]);
      const probe = join(part, 'probe.cpp');
      await rename(header, probe);
      // as a source in a box will; `!` marks what was precompiled and could be used
      const said = await this.compile(tool, ['-H', '-fsyntax-only', `-I${part}`, probe]);
      if (!said.startsWith('! ')) return;
      await rm(probe);
      // for programs of any uid, whatever Node was started with
      for (const path of [part, join(part, 'bits')]) await chmod(path, 0o755);
      await chmod(`${header}.gch`, 0o644);
      await rename(part, join(this.folder, name));
    } finally {
      await rm(part, { recursive: true, force: true });
    }
  }

  /** After all others have had their turn; `timeout` also ends what the compiler starts. Returns what it said. */
  private async compile(tool: Tool, words: readonly string[]): Promise<string> {
    const command = [String(BUILD_SECONDS), 'nice', '-n', '19', tool.command, ...flagsOf(tool), ...words];
    const running = execute('timeout', command, { signal: this.closing.signal });
    // an abort is told at once, and what it ends takes a moment
    const isGone = new Promise((resolve) => running.child.once('close', resolve));
    try {
      return (await running).stderr;
    } finally {
      await isGone;
    }
  }
}

/** Another compiler, or another build of the same, makes another: its headers may be others too. */
async function nameFor(tool: Tool): Promise<string> {
  const { mtimeMs } = await stat(await realpath(tool.command));
  return artifactName('header', tool.command, tool.version, String(mtimeMs), ...flagsOf(tool));
}
