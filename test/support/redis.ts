import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { eventually } from './eventually';
import { freePort } from './free-port';

/** A Redis of one's own, to be killed, frozen and lied to. It needs the program `redis-server` (Debian: apt install redis-server). */
export class OwnRedis {
  private child: ChildProcess | null = null;
  private readonly folder = mkdtempSync(join(tmpdir(), 'joust-redis-'));

  private constructor(private readonly port: number) {
    process.once('exit', this.kill);
  }

  static async start(): Promise<OwnRedis> {
    const redis = new OwnRedis(await freePort());
    await redis.start();
    return redis;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** Starts it, again on the same port after a kill, with nothing in it. */
  async start(): Promise<void> {
    const args = ['--port', String(this.port), '--bind', '127.0.0.1', '--dir', this.folder, '--save', ''];
    this.child = spawn('redis-server', args, { stdio: 'ignore' });
    let failed: Error | null = null;
    this.child.once('error', (error) => (failed = error));
    await eventually(
      'redis-server answers; it has to be installed',
      () => {
        if (failed) throw failed;
        return this.ask((client) => client.ping()).catch(() => false as const);
      },
      { paceMs: 20 },
    );
  }

  /** As a crash would. */
  readonly kill = (): void => void this.child?.kill('SIGKILL');
  freeze(): void {
    this.child!.kill('SIGSTOP');
  }
  thaw(): void {
    this.child!.kill('SIGCONT');
  }

  /** Closes every connection but the one that asks. */
  async cut(): Promise<void> {
    await this.ask(async (client) => {
      await client.client('KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
      await client.client('KILL', 'TYPE', 'pubsub');
    });
  }

  /** Asks it something over a connection made for that. */
  async ask<T>(question: (client: Redis) => Promise<T>): Promise<T> {
    const client = new Redis(this.url, { lazyConnect: true, retryStrategy: null, maxRetriesPerRequest: 0 });
    // Whoever asks hears of it.
    client.on('error', () => undefined);
    try {
      await client.connect();
      return await question(client);
    } finally {
      client.disconnect();
    }
  }

  async stop(): Promise<void> {
    process.off('exit', this.kill);
    const { child } = this;
    if (child && child.exitCode === null && child.signalCode === null) {
      const ended = once(child, 'exit');
      this.kill();
      await ended;
    }
    rmSync(this.folder, { recursive: true, force: true });
  }
}
