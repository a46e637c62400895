import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../test/support/free-port';

export const ROOT = join(__dirname, '../..');
const PROBE = join(__dirname, 'probe.js');
/** For BENCH_SILENT_QUEUE: announcements reach no judge. */
export const QUEUE = join(ROOT, 'dist/adapters/embedded/memory.queue.js');
const READY_WITHIN_MS = 60_000;

/** A process under measurement. */
export interface Measured {
  readonly url: string;
  /** From its start to its word that it is ready, in milliseconds. */
  readonly readyMs: number;
  /** Resident bytes, as they stand and after a full collection. */
  memory(): Promise<{ before: number; rss: number; heapUsed: number }>;
  /** Processor time used so far, in milliseconds. */
  cpuMs(): Promise<number>;
  statements(): Promise<string[]>;
  /** When it has ended, by itself or not. */
  stop(): Promise<void>;
}
export interface Joust extends Measured {
  readonly dataDir: string;
}

/** A folder that is gone when the program ends, however it ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'joust-bench-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The built server in a process of its own, without rate limits; `command` is another way to start it. */
export async function startJoust(
  env: Readonly<Record<string, string>> = {},
  dataDir = temporaryFolder(),
  command?: readonly [string, ...string[]],
): Promise<Joust> {
  const port = await freePort();
  const profile = process.env['BENCH_CPU_PROFILE'];
  const args = [
    ...(profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`]),
    ...['--expose-gc', '--require', PROBE, '--enable-source-maps', join(ROOT, 'dist/main.js')],
  ];
  const own = { RATE_LIMITS: 'off', DATA_DIR: dataDir, PORT: String(port), HOST: '127.0.0.1' };
  const [program, ...words] = command ?? [process.execPath, ...args];
  const server = await ready(program, words, { ...own, ...env });
  return { ...server, dataDir };
}

/** A program of the bench itself that prints its address when it is ready. */
export const startBare = (file: string): Promise<Measured> =>
  ready(process.execPath, ['--expose-gc', '--require', PROBE, '--import', 'tsx', join(__dirname, '..', file)], {});

/** Starts a program and waits for the line that says that, and where, it is ready. */
export async function ready(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Measured> {
  const began = performance.now();
  const child = spawn(command, args, {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const end = () => void child.kill('SIGTERM');
  process.once('exit', end);
  let said = '';
  child.stderr!.on('data', (piece: Buffer) => (said = (said + piece.toString()).slice(-4096)));
  const url = await new Promise<string>((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`${command} was not ready in time: ${said}`)), READY_WITHIN_MS);
    child.stdout!.on('data', (piece: Buffer) => {
      const [address] = /http:\/\/\S+/.exec(piece.toString()) ?? [];
      if (address === undefined) return;
      clearTimeout(late);
      resolve(address);
    });
    child.once('exit', () => reject(new Error(`${command} ended before it was ready: ${said}`)));
  });
  const readyMs = performance.now() - began;
  const ended = once(child, 'exit').finally(() => process.off('exit', end));
  const stop = async () => {
    end();
    await ended;
  };
  return {
    url,
    readyMs,
    memory: () => asked(child, 'memory'),
    cpuMs: async () => {
      const { user, system } = await asked<NodeJS.CpuUsage>(child, 'cpu');
      return (user + system) / 1000;
    },
    statements: () => asked(child, 'statements'),
    stop,
  };
}

async function asked<T>(child: ChildProcess, question: string): Promise<T> {
  const answer = once(child, 'message');
  child.send(question);
  return (await answer)[0] as T;
}

/** Work in a process of its own, so that it is not measured at the expense of what it measures. */
export interface Helper<Plan, Result> {
  ask(plan: Plan): Promise<Result>;
  end(): void;
}

export function startHelper<Plan extends object, Result>(file: string): Helper<Plan, Result> {
  const child = fork(join(__dirname, '..', file), [], { execArgv: ['--import', 'tsx'] });
  const end = () => void child.kill();
  process.once('exit', end);
  return {
    ask: async (plan) => {
      const answer = once(child, 'message');
      const lost = once(child, 'exit').then(() => {
        throw new Error(`${file} ended without an answer`);
      });
      child.send(plan);
      return (await Promise.race([answer, lost]))[0] as Result;
    },
    end,
  };
}

/** The other side of {@link startHelper}. */
export function serve(work: (plan: never) => Promise<object>): void {
  process.on('message', (plan) => {
    work(plan as never).then(
      (result) => process.send!(result),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  });
  process.on('disconnect', () => process.exit());
}
