import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'amqplib';
import { eventually } from './eventually';
import { freePort } from './free-port';

/** Debian's command of this name becomes another user and forgets the environment; this is what it runs. */
const INSTALLED = '/usr/lib/rabbitmq/bin';
const program = (name: string) => (existsSync(join(INSTALLED, name)) ? join(INSTALLED, name) : name);
const PATIENCE_MS = 60_000;

/** A RabbitMQ of one's own, to be killed: its folder, its ports and its name are nobody else's. */
export class OwnBroker {
  private readonly folder = mkdtempSync(join(tmpdir(), 'joust-rabbitmq-'));
  private child: ChildProcess | null = null;

  private constructor(
    readonly url: string,
    private readonly env: Readonly<Record<string, string | undefined>>,
    ports: { readonly amqp: number },
  ) {
    writeFileSync(join(this.folder, 'plugins'), '[].');
    writeFileSync(join(this.folder, 'rabbit.conf'), `listeners.tcp.1 = 127.0.0.1:${ports.amqp}\n`);
    this.env = {
      ...env,
      HOME: this.folder,
      RABBITMQ_MNESIA_BASE: join(this.folder, 'mnesia'),
      RABBITMQ_LOG_BASE: join(this.folder, 'log'),
      RABBITMQ_PID_FILE: join(this.folder, 'pid'),
      RABBITMQ_ENABLED_PLUGINS_FILE: join(this.folder, 'plugins'),
      RABBITMQ_CONFIG_FILE: join(this.folder, 'rabbit.conf'),
    };
  }

  static async start(): Promise<OwnBroker> {
    const [amqp, dist, names] = [await freePort(), await freePort(), await freePort()];
    const env = {
      PATH: process.env['PATH'],
      ERL_EPMD_PORT: String(names),
      RABBITMQ_DIST_PORT: String(dist),
      RABBITMQ_NODENAME: `joust${amqp}@localhost`,
    };
    const broker = new OwnBroker(`amqp://guest:guest@127.0.0.1:${amqp}`, env, { amqp });
    await broker.begin();
    return broker;
  }

  /** Resolves when it answers. */
  async begin(): Promise<void> {
    const child = spawn(program('rabbitmq-server'), [], { env: this.env, stdio: 'ignore', detached: true });
    this.child = child;
    const failed = once(child, 'error').then(([error]) => {
      throw new Error('These trials need an installed RabbitMQ', { cause: error });
    });
    const answers = eventually('the broker answers', () => this.answers(), { patienceMs: PATIENCE_MS, paceMs: 50 });
    await Promise.race([answers, failed]);
  }

  /** As a power cut would. */
  async kill(): Promise<void> {
    const ended = once(this.child!, 'exit');
    process.kill(this.pid(), 'SIGKILL');
    await ended;
  }

  /** What an operator types. */
  ctl(...words: readonly string[]): string {
    const { status, stdout, stderr } = spawnSync(program('rabbitmqctl'), ['-q', ...words], {
      env: this.env,
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`rabbitmqctl ${words.join(' ')}: ${stderr}${stdout}`);
    return stdout;
  }

  async end(): Promise<void> {
    if (this.child?.exitCode === null) await this.kill();
    spawnSync('epmd', ['-kill'], { env: this.env });
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 20 });
  }

  private pid(): number {
    return Number(readFileSync(join(this.folder, 'pid'), 'utf8'));
  }

  private async answers(): Promise<boolean> {
    try {
      await (await connect(this.url)).close();
      return true;
    } catch (error) {
      if (error instanceof Error) return false; // not yet
      throw error;
    }
  }
}
