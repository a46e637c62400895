import { chmodSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { type EmbeddedPostgres, startPostgres } from '../../src/adapters/embedded/postgres/embedded-postgres';
import { buildOwner, Owner, type OwnerOptions } from './owners';

/*
 * Folders for one spec file, and what runs in them. After each test all of it is stopped.
 */

type Connection = EmbeddedPostgres['connection'];

const owners: Owner[] = [];
const started: EmbeddedPostgres[] = [];
let root: string;
/** Where the compiled owner is. */
let build: string;
let folders = 0;

export function freshFolder(name = `data-${++folders}`): string {
  return path.join(root, name);
}

export function owner(options: Omit<OwnerOptions, 'build'> & { readonly build?: string }): Owner {
  const made = new Owner({ build, ...options });
  owners.push(made);
  return made;
}

export async function start(dataDir: string, patienceMs = 10_000): Promise<EmbeddedPostgres> {
  const postgres = await startPostgres({ dataDir, log: () => undefined, patienceMs });
  started.push(postgres);
  return postgres;
}

export async function ask(connection: Connection, sql: string): Promise<unknown[]> {
  const client = new Client(connection);
  await client.connect();
  try {
    const { rows } = await client.query<{ v: unknown }>(sql);
    return rows.map((row) => row.v);
  } finally {
    await client.end();
  }
}

export async function remember(connection: Connection, word: string): Promise<void> {
  await ask(connection, 'CREATE TABLE IF NOT EXISTS words (v text)');
  await ask(connection, `INSERT INTO words VALUES ('${word}')`);
}

export const recall = (connection: Connection): Promise<unknown[]> => ask(connection, 'SELECT v FROM words ORDER BY v');

beforeAll(() => {
  root = realpathSync(mkdtempSync(path.join(tmpdir(), 'jp-')));
  chmodSync(root, 0o755);
  build = path.join(root, 'build');
  buildOwner(build, 'linked');
});

afterEach(async () => {
  await Promise.all(started.splice(0).map((postgres) => postgres.stop()));
  await Promise.all(owners.splice(0).map((each) => each.kill()));
});

afterAll(() => rmSync(root, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }));
