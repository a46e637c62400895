import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import type { DataSource } from 'typeorm';
import { startPostgres } from '../../src/adapters/embedded/postgres/embedded-postgres';
import { openDatabase, type DatabaseAddress } from '../../src/store/database';
import { prepare } from './prepared';

/** A PostgreSQL in which a spec file makes databases of its own. */
interface PostgresServer {
  /** The address of one of its databases; of the one to make others from, when none is named. */
  address(database?: string): DatabaseAddress;
  close(): Promise<void>;
}

/** A service to test on as well. At home it is named or there is none; where CI runs there must be one. */
const SERVICE =
  process.env['TEST_DATABASE_URL'] ?? (process.env['CI'] ? 'postgres://postgres@127.0.0.1:5432/postgres' : undefined);

/** What the stores have to work on: the server that comes with Joust, and the oldest one an installation may bring. */
const SERVERS: readonly { readonly name: string; readonly start: () => Promise<PostgresServer> }[] = [
  { name: 'the embedded PostgreSQL', start: startEmbedded },
  ...(SERVICE === undefined ? [] : [{ name: 'a PostgreSQL service', start: () => findService(SERVICE) }]),
];

/** A data folder with a PostgreSQL in which there is nothing. */
export const prepareCluster = (into: string): Promise<void> =>
  prepare({
    ...{ what: 'cluster', into },
    make: async (dataDir) => {
      await (await startPostgres({ dataDir, log: () => undefined })).stop();
    },
  });

async function startEmbedded(): Promise<PostgresServer> {
  const dataDir = mkdtempSync(join(tmpdir(), 'joust-store-'));
  await prepareCluster(dataDir);
  const postgres = await startPostgres({ dataDir, log: () => undefined });
  return {
    address: (database) => ({ ...postgres.connection, ...(database !== undefined && { database }) }),
    close: async () => {
      await postgres.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function findService(url: string): Promise<PostgresServer> {
  const address = (database?: string) => {
    const named = new URL(url);
    if (database !== undefined) named.pathname = database;
    return { url: named.href };
  };
  await run(address(), ['SELECT 1']).catch((error: unknown) => {
    throw new Error(
      `The store is tested on a PostgreSQL service too, and none answers at ${url}: start one, or name another in TEST_DATABASE_URL.`,
      { cause: error },
    );
  });
  return { address, close: () => Promise.resolve() };
}

/** A place for databases: each is new and empty, and all are dropped when the tests are over. */
export class Databases {
  private server: PostgresServer | null = null;
  private readonly made: string[] = [];
  private readonly open: DataSource[] = [];

  constructor(private readonly start: () => Promise<PostgresServer>) {}

  async begin(): Promise<void> {
    this.server = await this.start();
  }

  /** The address of a database in which there is nothing yet. What is lost in a power cut is of no interest in it. */
  async empty(): Promise<DatabaseAddress> {
    const name = `joust_test_${randomUUID().replaceAll('-', '')}`;
    this.made.push(name);
    await run(this.server!.address(), [
      `CREATE DATABASE ${name}`,
      `ALTER DATABASE ${name} SET synchronous_commit = off`,
    ]);
    return this.server!.address(name);
  }

  /** Opens a database as the server does; a new one unless it is named. */
  async connect(address?: DatabaseAddress, connections = 16): Promise<DataSource> {
    const db = await openDatabase(address ?? (await this.empty()), connections);
    this.open.push(db);
    return db;
  }

  async end(): Promise<void> {
    if (!this.server) return;
    await Promise.all(this.open.filter((db) => db.isInitialized).map((db) => db.destroy()));
    await run(
      this.server.address(),
      this.made.map((name) => `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
    );
    await this.server.close();
  }
}

/** Runs the same tests on every PostgreSQL there must be. None is left out when it is missing: then they fail, and say so. */
export function onEveryPostgres(tests: (databases: Databases) => void): void {
  describe.each(SERVERS)('on $name', ({ start }) => {
    const databases = new Databases(start);
    beforeAll(() => databases.begin());
    afterAll(() => databases.end());
    tests(databases);
  });
}

async function run(address: DatabaseAddress, statements: readonly string[]): Promise<void> {
  const client = new Client('url' in address ? { connectionString: address.url } : address);
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
