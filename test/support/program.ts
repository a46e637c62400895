import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { FEW_LANGUAGES } from './embedded-judge';

const ROOT = resolve(__dirname, '..', '..');
const PATIENCE_MS = 60_000;

/** The program as `npm start` runs it, compiled once into a folder of its own. */
export class Program {
  private readonly folder = mkdtempSync(join(tmpdir(), 'joust-program-'));
  private readonly running = new Set<ChildProcess>();

  /** @throws {Error} with the compiler's words when the sources do not compile */
  static build(): Program {
    const program = new Program();
    const dist = join(program.folder, 'dist');
    const compiler = require.resolve('typescript/bin/tsc');
    // Their types are checked elsewhere.
    const options = ['-p', join(ROOT, 'tsconfig.json'), '--outDir', dist, '--noCheck'];
    const { status, stdout } = spawnSync(process.execPath, [compiler, ...options], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`The program does not compile:\n${stdout}`);
    const judge = join('adapters', 'embedded', 'judge');
    for (const source of readdirSync(join(ROOT, 'src', judge)).filter((name) => name.endsWith('.c')))
      cpSync(join(ROOT, 'src', judge, source), join(dist, judge, source));
    for (const name of ['problems', 'web', 'node_modules', 'package.json'])
      symlinkSync(join(ROOT, name), join(program.folder, name));
    return program;
  }

  /** A place to live: a data folder and a port that nobody had a moment ago. */
  async place(): Promise<Place> {
    const reserved = createServer().listen(0, '127.0.0.1');
    await once(reserved, 'listening');
    const { port } = reserved.address() as AddressInfo;
    reserved.close();
    await once(reserved, 'close');
    return { port, dataDir: mkdtempSync(join(this.folder, 'data-')) };
  }

  /** Starts it and waits for its one line. */
  async start({ port, dataDir }: Place): Promise<Running> {
    const child = spawn(process.execPath, [join(this.folder, 'dist', 'main.js')], {
      cwd: this.folder,
      env: {
        ...{ PATH: process.env['PATH'], HOME: process.env['HOME'] },
        ...{ PORT: String(port), DATA_DIR: dataDir, LOG_LEVEL: 'error', RATE_LIMITS: 'off' },
        JUDGE_LANGUAGES: FEW_LANGUAGES.join(','),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.running.add(child);
    const ended = once(child, 'exit').then(([code, signal]) => {
      this.running.delete(child);
      return { code: code as number | null, signal: signal as NodeJS.Signals | null };
    });
    const said = { out: '', err: '' };
    child.stderr.on('data', (text: Buffer) => (said.err += text.toString()));
    const ready = new Promise<void>((done) =>
      child.stdout.on('data', (text: Buffer) => {
        said.out += text.toString();
        if (said.out.includes('\n')) done();
      }),
    );
    const late = new AbortController();
    const inVain = async () => {
      throw new Error(`The program ended before it was ready: ${JSON.stringify(await ended)}\n${said.err}`);
    };
    const tooLate = new Promise<never>((_, reject) => {
      const timer = setTimeout(() => reject(new Error(`The program was not ready in time\n${said.err}`)), PATIENCE_MS);
      late.signal.onabort = () => clearTimeout(timer);
    });
    await Promise.race([ready, inVain(), tooLate]).finally(() => late.abort());
    const end = (signal: NodeJS.Signals) => {
      child.kill(signal);
      return ended;
    };
    return { url: `http://127.0.0.1:${port}`, said, end };
  }

  /** Ends what still runs, and removes everything. */
  async remove(): Promise<void> {
    const ends = [...this.running].map((child) => once(child, 'exit'));
    for (const child of this.running) child.kill('SIGTERM');
    await Promise.all(ends);
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}

export interface Place {
  readonly port: number;
  readonly dataDir: string;
}
export interface Running {
  readonly url: string;
  /** All it has written so far. */
  readonly said: { readonly out: string; readonly err: string };
  /** Sends a signal and waits for the end. */
  end(signal: NodeJS.Signals): Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
}
