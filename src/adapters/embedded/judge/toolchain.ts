import { execFile } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { access, constants, open, realpath } from 'node:fs/promises';
import { delimiter, dirname, isAbsolute, join } from 'node:path';
import { promisify } from 'node:util';
import type { LanguageRecipe } from './languages';

const execute = promisify(execFile);

export interface Finding {
  readonly ok: boolean;
  readonly says: string;
}

/** A language's command as it stands on this host. */
export interface Tool {
  readonly recipe: LanguageRecipe;
  readonly command: string;
  readonly version: string;
}

/** What every box shows of the host, as far as the host has it: libraries, compilers, their tables. */
const COMMON_PATHS = [
  '/bin',
  '/lib',
  '/lib32',
  '/lib64',
  '/usr/bin',
  '/usr/lib',
  '/usr/lib32',
  '/usr/lib64',
  '/usr/libexec',
  '/usr/include',
  '/usr/local/bin',
  '/usr/local/lib',
  '/usr/local/include',
  '/etc/alternatives',
  '/etc/ld.so.cache',
];

/** Absolute paths a command may be at, in order, without repetition. */
export function placesOf(commands: readonly string[], path = process.env['PATH'] ?? ''): string[] {
  const folders = path.split(delimiter).filter(isAbsolute);
  const places = commands.flatMap((command) =>
    isAbsolute(command) ? [command] : folders.map((f) => join(f, command)),
  );
  return [...new Set(places)].filter((place) => existsSync(place));
}

async function isBinary(path: string): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    const { buffer } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.toString('latin1') === '\x7fELF';
  } finally {
    await file.close();
  }
}

/** Asks the command itself, because what a PATH finds first may be a shim no sandbox can read. */
async function inspect(recipe: LanguageRecipe, place: string): Promise<Tool> {
  const { stdout } = await execute(place, [...recipe.ask], { timeout: 10_000 });
  const lines = stdout.trim().split('\n');
  const version = lines.at(-1) ?? '';
  const command = lines.length > 1 && lines[0]?.startsWith('/') ? lines[0] : place;
  const real = await realpath(command);
  if (!(await isBinary(real))) throw new Error(`${real} is a script, not an executable`);
  await access(real, constants.R_OK | constants.X_OK);
  return { recipe, command: recipe.compile ? command : real, version };
}

/** The first place that works, and a sentence for each that does not. */
export async function findTool(recipe: LanguageRecipe): Promise<{ tool?: Tool; findings: Finding[] }> {
  const findings: Finding[] = [];
  for (const place of placesOf(recipe.commands)) {
    try {
      const tool = await inspect(recipe, place);
      return {
        tool,
        findings: [...findings, { ok: true, says: `${recipe.name}: ${tool.version} at ${tool.command}.` }],
      };
    } catch (error) {
      const why = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
      findings.push({ ok: false, says: `${recipe.name}: ${place} cannot be used: ${why}.` });
    }
  }
  const names = recipe.commands.filter((command) => !isAbsolute(command)).join(' or ');
  return { findings: [...findings, { ok: false, says: `${recipe.name}: not found; install ${names} to offer it.` }] };
}

const isBelow = (path: string, folders: readonly string[]) => folders.some((folder) => path.startsWith(`${folder}/`));

/** All that boxes may see. An interpreter outside the common paths brings itself and the lib folder beside it. */
export function visiblePaths(tools: readonly Tool[]): string[] {
  const own = tools
    .map((tool) => tool.command)
    .filter((command) => !isBelow(command, COMMON_PATHS))
    .flatMap((command) => [command, join(dirname(dirname(command)), 'lib')]);
  return [...new Set([...COMMON_PATHS, ...own])].filter((path) => existsSync(path));
}

/** Of the folders that must be hidden, those that only a file tree of its own can hide from a program. */
export function exposedPaths(own: readonly string[], visible: readonly string[]): string[] {
  return [process.cwd(), __dirname, ...own].filter((path) => isBelow(path, visible));
}

/**
 * Folders no program sees, wherever this server was installed: its own, those of other programs
 * installed with npm, and what the caller names. Never one that holds what must be visible.
 */
export function hiddenPaths(own: readonly string[], visible: readonly string[]): string[] {
  const folders = ['/usr/lib/node_modules', '/usr/local/lib/node_modules', process.cwd(), __dirname, ...own];
  const real = folders.filter((path) => existsSync(path)).map((path) => realpathSync(path));
  const holdsVisible = (path: string) => visible.some((shown) => `${shown}/`.startsWith(join(path, '/')));
  return [...new Set(real)].filter((path) => !holdsVisible(path));
}
