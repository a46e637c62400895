import { execFile } from 'node:child_process';
import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { access, constants, open, realpath } from 'node:fs/promises';
import { basename, delimiter, dirname, isAbsolute, join } from 'node:path';
import { promisify } from 'node:util';
import type { Commands, LanguageRecipe } from './languages';
import { markOf, type Proofs } from './proofs';

const execute = promisify(execFile);

export interface Finding {
  readonly ok: boolean;
  readonly says: string;
}

/** A language as it stands on this host. */
export interface Tool extends Commands {
  readonly recipe: LanguageRecipe;
  readonly version: string;
  /** The same only while its recipe and its files are. */
  readonly mark: string;
}

/** What runs on a Java machine takes its time to say its version. */
const ASK_MS = 30_000;

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

/** The host's own name of what `path` is, where it can be started in a box. Any other is refused, in words. */
async function usable(path: string, isScript = false): Promise<string> {
  const real = await realpath(path);
  const file = await open(real, 'r');
  const { buffer } = await file.read(Buffer.alloc(4), 0, 4, 0).finally(() => file.close());
  if (process.platform === 'linux' && !isScript && buffer.toString('latin1') !== '\x7fELF')
    throw new Error(`${real} is a script, not an executable`);
  await access(real, constants.R_OK | constants.X_OK);
  return real;
}

/** The first of the runners that can be used. */
async function findRunner(recipe: LanguageRecipe, runners: readonly string[]): Promise<string> {
  for (const place of placesOf(runners)) {
    const real = await usable(place).catch(() => undefined);
    if (real !== undefined) return real;
  }
  throw new Error(`${runners.at(-1) ?? ''}, which would run what it makes, was not found (${installing(recipe)})`);
}

/** Asks the command itself, because what a PATH finds first may be a shim no sandbox can read. */
async function inspect(recipe: LanguageRecipe, place: string, proofs: Proofs): Promise<Tool> {
  const { runners, isScript } = recipe;
  const found = { recipe, runner: await (runners ? findRunner(recipe, runners) : realpath(place)) };
  const mark = await markOf(recipe, [place, found.runner]);
  const proof = proofs.get(mark);
  if (proof) return { ...found, ...proof, mark };

  const { stdout, stderr } = await execute(place, [...recipe.ask], { timeout: ASK_MS });
  const lines = (stdout || stderr).trim().split('\n');
  const last = lines.at(-1) ?? '';
  const command = lines.length > 1 && lines[0]?.startsWith('/') ? lines[0] : place;
  const real = await usable(command, isScript);
  const runner = runners ? found.runner : real;
  return { recipe, runner, command, version: /\d+(\.\d+)+/.exec(last)?.[0] ?? last, mark };
}

const installing = ({ packages }: LanguageRecipe): string => `Debian: apt install ${packages}`;

/** The first place that works, and a sentence for each that does not. What `proofs` knows is not asked again. */
export async function findTool(recipe: LanguageRecipe, proofs: Proofs): Promise<{ tool?: Tool; findings: Finding[] }> {
  const findings: Finding[] = [];
  for (const place of placesOf(recipe.commands)) {
    try {
      const tool = await inspect(recipe, place, proofs);
      return {
        tool,
        findings: [...findings, { ok: true, says: `${recipe.name}: ${tool.version} at ${tool.command}.` }],
      };
    } catch (error) {
      const why = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
      findings.push({ ok: false, says: `${recipe.name}: ${place} cannot be used: ${why}.` });
    }
  }
  return { findings: [...findings, { ok: false, says: `${recipe.name}: not found (${installing(recipe)}).` }] };
}

const isBelow = (path: string, folders: readonly string[]) => folders.some((folder) => path.startsWith(`${folder}/`));

/** What the host has of `path`, whose name may hold one `*`. */
function matching(path: string): string[] {
  const [start = '', end] = basename(path).split('*');
  if (end === undefined) return [path];
  const folder = dirname(path);
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return names.filter((name) => name.startsWith(start) && name.endsWith(end)).map((name) => join(folder, name));
}

/** All that boxes may see. What lies outside the common paths brings itself and the lib folder beside it. */
export function visiblePaths(tools: readonly Tool[]): string[] {
  const own = tools
    .flatMap(({ command, runner }) => [command, runner])
    .filter((command) => !isBelow(command, COMMON_PATHS))
    .flatMap((command) => [command, join(dirname(dirname(command)), 'lib')]);
  const read = tools.flatMap(({ recipe }) => (recipe.reads ?? []).flatMap(matching));
  return [...new Set([...COMMON_PATHS, ...own, ...read])].filter((path) => existsSync(path));
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
