import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FEW_LANGUAGES } from './embedded-judge';

const ROOT = join(__dirname, '../..');

/** A server in a process of its own, as an operator runs it. */
export class ChildServer {
  output = '';
  errors = '';
  readonly ended: Promise<number | null>;

  private constructor(readonly child: ChildProcess) {
    child.stdout!.on('data', (chunk) => (this.output += String(chunk)));
    child.stderr!.on('data', (chunk) => (this.errors += String(chunk)));
    this.ended = once(child, 'close').then(([code]) => code as number | null);
  }

  static start(env: Readonly<Record<string, string>>): ChildServer {
    const hook = join(__dirname, 'compile-on-load.cjs');
    const child = spawn(process.execPath, ['-r', hook, 'src/main.ts'], {
      cwd: ROOT,
      env: { PATH: process.env['PATH'], PORT: '0', JUDGE_LANGUAGES: FEW_LANGUAGES.join(','), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return new ChildServer(child);
  }

  /** Its address, once it says that it is ready; empty where it has none. */
  async ready(): Promise<string> {
    while (!this.output.includes('\n')) {
      const gone = await Promise.race([
        once(this.child.stdout!, 'data').then(() => false),
        this.ended.then(() => true),
      ]);
      if (gone && !this.output.includes('\n')) throw new Error(`It ended: ${this.errors}`);
    }
    return (/ready at (http:\/\/[^\s,]+)/.exec(this.output)?.[1] ?? '').replace('[::1]', '127.0.0.1');
  }

  /** Where it answers operators, for whom it was started with `OPERATIONS_PORT`. */
  get operations(): string {
    return /for operators at (\S+)/.exec(this.output)![1]!;
  }

  /** Its exit code. */
  stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    this.child.kill(signal);
    return this.ended;
  }
}

export function temporaryFolder(): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'joust-child-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 20 }) };
}
