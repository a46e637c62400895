import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Client } from 'pg';
import { Broker } from './broker';
import { ChildServer, temporaryFolder } from './child-server';
import { prepareJudge } from './embedded-judge';
import { OwnRedis } from './redis';

/** What several processes need to be one installation, beside a Redis. At home both are named or there are none; where CI runs there must be. */
export interface Services {
  readonly postgres: string;
  readonly amqp: string;
}

const { TEST_DATABASE_URL, TEST_AMQP_URL, CI } = process.env;
const areNamed = TEST_DATABASE_URL && TEST_AMQP_URL;

/** Those that are named; else at the usual places of this machine. */
export const servicesHere = (): Services => ({
  postgres: TEST_DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/postgres',
  amqp: TEST_AMQP_URL ?? 'amqp://guest:guest@127.0.0.1:5672',
});

/** Declares tests that need them. None is left out where they are missing in CI: then they fail. */
export function onServices(tests: (services: Services) => void): void {
  if (CI || areNamed) tests(servicesHere());
}

/** A database, a corner of RabbitMQ and a Redis, and processes of every role that share them. */
export class Installation {
  private readonly id = randomUUID().replaceAll('-', '');
  private readonly secret = randomUUID();
  private readonly database = `joust_test_${this.id}`;
  private readonly folders: { readonly remove: () => void }[] = [];
  private readonly children: ChildServer[] = [];
  private readonly broker: Broker;

  private constructor(
    private readonly services: Services,
    private readonly redis: OwnRedis,
  ) {
    this.broker = new Broker(services.amqp);
  }

  static async on(services: Services): Promise<Installation> {
    const installation = new Installation(services, await OwnRedis.start());
    await installation.run(`CREATE DATABASE ${installation.database}`);
    return installation;
  }

  /** The same for all of its processes, and for an operator's commands. */
  get env(): Record<string, string> {
    const database = new URL(this.services.postgres);
    database.pathname = this.database;
    return {
      ...{ DATABASE_URL: database.href, DATABASE_CONNECTIONS: '8' },
      ...this.broker.env,
      ...{ REDIS_URL: this.redis.url },
      ...{ JWT_SECRET: this.secret, RATE_LIMITS: 'off', OPERATIONS_PORT: '0', JUDGE_SLOTS: '2' },
    };
  }

  /** Starts a process for each role named, with a folder of its own. Resolves when all are ready. */
  async start(...roles: readonly string[]): Promise<ChildServer[]> {
    return Promise.all(roles.map((role) => this.startOne(role)));
  }

  async startOne(ROLE: string, more: Readonly<Record<string, string>> = {}): Promise<ChildServer> {
    const folder = temporaryFolder();
    this.folders.push(folder);
    if (ROLE !== 'api') await prepareJudge(join(folder.path, 'judge'));
    const child = ChildServer.start({ ...this.env, ROLE, DATA_DIR: folder.path, LOG_LEVEL: 'debug', ...more });
    this.children.push(child);
    await child.ready();
    return child;
  }

  async end(): Promise<void> {
    await Promise.all(this.children.map((child) => child.stop('SIGKILL')));
    for (const { remove } of this.folders) remove();
    await this.run(`DROP DATABASE IF EXISTS ${this.database} WITH (FORCE)`);
    await this.broker.end();
    await this.redis.stop();
  }

  private async run(statement: string): Promise<void> {
    const client = new Client({ connectionString: this.services.postgres });
    await client.connect();
    await client.query(statement);
    await client.end();
  }
}
