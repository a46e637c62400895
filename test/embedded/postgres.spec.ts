import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import {
  attachPostgres,
  type EmbeddedPostgres,
  openPostgres,
  startPostgres,
} from '../../src/adapters/embedded/postgres/embedded-postgres';
import { thisProcess } from '../../src/adapters/embedded/postgres/process-identity';
import { buildOwner, guardProcesses, killAll, Owner, type OwnerOptions, postgresProcesses, untilGone } from './owners';

type Connection = EmbeddedPostgres['connection'];

const asRoot = process.getuid?.() === 0 ? it : it.skip;
const NOBODY = 65534;
const log = (): void => undefined;
const owners: Owner[] = [];
const started: EmbeddedPostgres[] = [];
let root: string;
let build: string;
let folders = 0;

function freshFolder(name = `data-${++folders}`): string {
  return path.join(root, name);
}

function owner(options: Omit<OwnerOptions, 'build'> & { readonly build?: string }): Owner {
  const made = new Owner({ build, ...options });
  owners.push(made);
  return made;
}

async function start(dataDir: string, patienceMs = 10_000): Promise<EmbeddedPostgres> {
  const postgres = await startPostgres({ dataDir, log, patienceMs });
  started.push(postgres);
  return postgres;
}

async function ask(connection: Connection, sql: string): Promise<unknown[]> {
  const client = new Client(connection);
  await client.connect();
  try {
    const { rows } = await client.query<{ v: unknown }>(sql);
    return rows.map((row) => row.v);
  } finally {
    await client.end();
  }
}

async function remember(connection: Connection, word: string): Promise<void> {
  await ask(connection, 'CREATE TABLE IF NOT EXISTS words (v text)');
  await ask(connection, `INSERT INTO words VALUES ('${word}')`);
}

const recall = (connection: Connection): Promise<unknown[]> => ask(connection, 'SELECT v FROM words ORDER BY v');

function temporarySocketFolders(): string[] {
  return readdirSync(tmpdir()).filter((name) => name.startsWith('joust-pg-'));
}

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

describe('a folder', () => {
  it('keeps its rows from one start to the next', async () => {
    const dataDir = freshFolder();
    const first = performance.now();
    const postgres = await start(dataDir);
    const firstMs = performance.now() - first;
    await remember(postgres.connection, 'kept');
    await postgres.stop();
    const second = performance.now();
    const again = await start(dataDir);
    const secondMs = performance.now() - second;
    process.stdout.write(
      `embedded PostgreSQL: first start ${firstMs.toFixed(0)} ms, second ${secondMs.toFixed(0)} ms\n`,
    );
    expect(await recall(again.connection)).toEqual(['kept']);
  });

  it('holds a durable, checked, UTF-8 database that sorts the same everywhere and does not listen on the network', async () => {
    const { connection, version } = await start(freshFolder());
    const settings = ['fsync', 'data_checksums', 'server_encoding', 'listen_addresses', 'TimeZone', 'max_connections'];
    const shown = await Promise.all(settings.map((name) => ask(connection, `SELECT current_setting('${name}') AS v`)));
    expect(shown.flat()).toEqual(['on', 'on', 'UTF8', '', 'UTC', '60']);
    expect(
      await ask(
        connection,
        'SELECT datlocprovider || datlocale AS v FROM pg_database WHERE datname = current_database()',
      ),
    ).toEqual(['bC.UTF-8']);
    expect(await ask(connection, `SELECT current_setting('server_version') AS v`)).toEqual([version]);
  });

  it('may have spaces, quotes, commas and letters of any language in its name', async () => {
    const { connection } = await start(freshFolder('donn\u00e9es d\u2019\u00c9t\u00e9, "\u4e2d\u6587" 100% $HOME'));
    expect(await ask(connection, 'SELECT 1 AS v')).toEqual([1]);
  });

  it('may lie so deep that no socket fits', async () => {
    const before = temporarySocketFolders();
    const dataDir = freshFolder(path.join('deep', ...Array<string>(6).fill('a-long-name-of-a-folder')));
    const postgres = await start(dataDir);
    expect(await ask(postgres.connection, 'SELECT 1 AS v')).toEqual([1]);
    expect(temporarySocketFolders()).toHaveLength(before.length + 1);
    const attached = await attachPostgres({ dataDir });
    expect(attached?.connection).toEqual(postgres.connection);
    await postgres.stop();
    expect(temporarySocketFolders()).toEqual(before);
  });

  it('is given back by a stop, which may be asked for twice and leaves only the database', async () => {
    const dataDir = freshFolder();
    const postgres = await start(dataDir);
    await Promise.all([postgres.stop(), postgres.stop()]);
    await postgres.stop();
    expect(postgresProcesses(dataDir)).toEqual([]);
    expect(readdirSync(dataDir).filter((name) => name !== 'postgres.libraries')).toEqual(['postgres']);
    expect(existsSync(path.join(dataDir, 'postgres/postmaster.pid'))).toBe(false);
  });

  it('whose first start was cut short is prepared again', async () => {
    const dataDir = freshFolder();
    mkdirSync(path.join(dataDir, 'postgres.unfinished/base'), { recursive: true });
    writeFileSync(path.join(dataDir, 'postgres.unfinished/PG_VERSION'), '18\n');
    expect(await ask((await start(dataDir)).connection, 'SELECT 1 AS v')).toEqual([1]);
  });

  it('that PostgreSQL rejects is given back, with its last words and what to do', async () => {
    const dataDir = freshFolder();
    await (await start(dataDir)).stop();
    writeFileSync(path.join(dataDir, 'postgres/PG_VERSION'), '17\n');
    await expect(start(dataDir)).rejects.toThrow(
      /Another version of PostgreSQL[^]*DATABASE_URL[^]*FATAL: {2}database files are incompatible/,
    );
    writeFileSync(path.join(dataDir, 'postgres/PG_VERSION'), '18\n');
    await start(dataDir);
  });
});

describe('kill -9', () => {
  it('of the owner stops PostgreSQL too, and loses no committed row', async () => {
    const dataDir = freshFolder();
    const first = owner({ dataDir });
    await remember((await first.running()).connection, 'committed');
    const processes = postgresProcesses(dataDir);
    expect(processes.length).toBeGreaterThan(3);
    await first.kill();
    await untilGone(processes);
    expect(postgresProcesses(dataDir)).toEqual([]);
    expect(await recall((await start(dataDir)).connection)).toEqual(['committed']);
  });

  it('of the owner lets the next start follow at once', async () => {
    const dataDir = freshFolder();
    const first = owner({ dataDir });
    await remember((await first.running()).connection, 'committed');
    await first.kill();
    expect(await recall((await start(dataDir)).connection)).toEqual(['committed']);
  });

  it('of the owner and PostgreSQL at once loses no committed row and leaves no socket folder', async () => {
    const before = temporarySocketFolders();
    const dataDir = freshFolder(path.join('killed', ...Array<string>(6).fill('a-long-name-of-a-folder')));
    const first = owner({ dataDir });
    await remember((await first.running()).connection, 'committed');
    const postgres = postgresProcesses(dataDir);
    killAll([first.pid, ...guardProcesses(first.pid, postgres), ...postgres]);
    const second = await start(dataDir);
    expect(await recall(second.connection)).toEqual(['committed']);
    await second.stop();
    expect(temporarySocketFolders()).toEqual(before);
  });

  it('of everything but PostgreSQL leaves one that the next start stops', async () => {
    const dataDir = freshFolder();
    const first = owner({ dataDir });
    await remember((await first.running()).connection, 'committed');
    const postgres = postgresProcesses(dataDir);
    killAll([...guardProcesses(first.pid, postgres), first.pid]);
    expect(await recall((await start(dataDir)).connection)).toEqual(['committed']);
    await untilGone(postgres);
  });

  it('of the main process of PostgreSQL alone is told, and the owner still stops', async () => {
    const dataDir = freshFolder();
    const told: string[] = [];
    const postgres = await startPostgres({ dataDir, log: (level, line) => told.push(`${level} ${line}`) });
    const processes = postgresProcesses(dataDir);
    killAll(processes);
    await untilGone(processes);
    await postgres.stop();
    expect((await start(dataDir)).connection.host).toBe(postgres.connection.host);
  });

  it('during the first start leaves nothing that stands in the way of the next', async () => {
    const dataDir = freshFolder();
    const first = owner({ dataDir });
    while (!existsSync(path.join(dataDir, 'postgres.unfinished/PG_VERSION'))) await new Promise(setImmediate);
    await first.kill();
    expect(await ask((await start(dataDir)).connection, 'SELECT 1 AS v')).toEqual([1]);
  });
});

describe('a second process', () => {
  it('is refused with a sentence that names the folder, the owner and the way out', async () => {
    const dataDir = freshFolder();
    const first = owner({ dataDir });
    await first.running();
    await expect(start(dataDir, 300)).rejects.toThrow(
      `The data folder ${dataDir} is in use by process ${first.pid}: stop that Joust first, or give this one a folder of its own with DATA_DIR.`,
    );
  });

  it('waits for a predecessor that drains', async () => {
    const dataDir = freshFolder();
    const first = owner({ dataDir });
    await remember((await first.running()).connection, 'drained');
    const stopped = first.stop(1_000);
    const second = await start(dataDir);
    await stopped;
    expect(await recall(second.connection)).toEqual(['drained']);
  });

  it('is one of five that find a dead owner, and one wins', async () => {
    const dataDir = freshFolder();
    const dead = owner({ dataDir });
    await dead.running();
    await dead.kill();
    const five = Array.from({ length: 5 }, () => owner({ dataDir, patienceMs: 1_500 }));
    const outcomes = await Promise.all(five.map((each) => each.outcome));
    expect(outcomes.map(({ type }) => type).sort()).toEqual(['failed', 'failed', 'failed', 'failed', 'running']);
  });

  it('attaches for a command line while there is an owner, and detaching does not stop it', async () => {
    const dataDir = freshFolder();
    expect(await attachPostgres({ dataDir })).toBeNull();
    const { connection } = await owner({ dataDir }).running();
    const attached = await openPostgres({ dataDir, log });
    expect(attached.connection).toEqual(connection);
    await attached.stop();
    expect(await ask(connection, 'SELECT 1 AS v')).toEqual([1]);
  });

  it('opens the folder itself while there is none, and many at once share one database', async () => {
    const dataDir = freshFolder();
    const several = Array.from({ length: 4 }, () => owner({ dataDir, begin: 'open' }));
    const running = await Promise.all(several.map((each) => each.running()));
    expect(running.filter(({ how }) => how.startsWith('of process'))).toHaveLength(3);
    expect(new Set(running.map(({ connection }) => connection.host)).size).toBe(1);
  });
});

describe('a lock', () => {
  const mark = (changes: Partial<ReturnType<typeof thisProcess>>): string => {
    const { pid, startedAt, boot, namespace } = { ...thisProcess(), ...changes };
    return [pid, startedAt, boot, namespace].join(':');
  };

  it.each([
    ['of a process whose number was given to another', { startedAt: '1' }],
    ['from before the machine was switched off', { boot: 'another' }],
    ['of a container that is gone', { namespace: '1' }],
  ])('%s does not bind', async (_, changes) => {
    const dataDir = freshFolder();
    mkdirSync(dataDir);
    symlinkSync(mark(changes), path.join(dataDir, 'postgres.owner'));
    await start(dataDir, 0);
  });

  it('of another container binds as long as its database answers', async () => {
    const dataDir = freshFolder();
    const { connection } = await owner({ dataDir }).running();
    const lock = path.join(dataDir, 'postgres.owner');
    unlinkSync(lock);
    symlinkSync(mark({ namespace: '1' }), lock);
    await expect(start(dataDir, 0)).rejects.toThrow('is in use by');
    expect((await attachPostgres({ dataDir }))?.connection).toEqual(connection);
  });

  it('of PostgreSQL itself whose number was given to another does not bind', async () => {
    const dataDir = freshFolder();
    await (await start(dataDir)).stop();
    writeFileSync(path.join(dataDir, 'postgres/postmaster.pid'), `${process.pid}\n${dataDir}\n`);
    writeFileSync(path.join(dataDir, 'postgres/.s.PGSQL.5432.lock'), `${process.pid}\n${dataDir}\n`);
    await start(dataDir);
  });
});

describe('as whom', () => {
  asRoot('root in an open folder is another user', async () => {
    const { how } = await start(freshFolder());
    expect(how).toMatch(/^user (postgres|nobody)$/);
  });

  asRoot('root in a folder of an ordinary user is that user', async () => {
    const dataDir = freshFolder();
    mkdirSync(dataDir);
    chownSync(dataDir, NOBODY, NOBODY);
    expect((await start(dataDir)).how).toBe('user nobody');
  });

  asRoot(
    'root below a folder that only root may enter still starts, twice, the programs being there as well',
    async () => {
      const closed = freshFolder();
      mkdirSync(closed, { mode: 0o700 });
      const options = { build: path.join(closed, 'build'), dataDir: path.join(closed, 'data') };
      buildOwner(options.build, 'copied');
      const first = owner(options);
      const { connection, how } = await first.running();
      expect(how).toMatch(/user namespace|closed folders/);
      await remember(connection, 'hidden');
      await first.stop();
      const second = await owner(options).running();
      expect(await recall(second.connection)).toEqual(['hidden']);
    },
  );

  asRoot('an ordinary user is itself, also where the programs cannot be changed', async () => {
    const readable = freshFolder();
    buildOwner(readable, 'copied');
    const dataDir = freshFolder();
    mkdirSync(dataDir);
    chownSync(dataDir, NOBODY, NOBODY);
    const first = owner({ build: readable, dataDir, uid: NOBODY });
    const { connection, how } = await first.running();
    expect(how).toBe('this user');
    await remember(connection, 'own');
    await first.kill();
    expect(await recall((await owner({ build: readable, dataDir, uid: NOBODY }).running()).connection)).toEqual([
      'own',
    ]);
  });

  asRoot('an ordinary user is told whose files it cannot have', async () => {
    const dataDir = freshFolder();
    mkdirSync(dataDir, { mode: 0o777 });
    chmodSync(dataDir, 0o777);
    await (await start(dataDir)).stop();
    const readable = freshFolder();
    buildOwner(readable, 'copied');
    expect(await owner({ build: readable, dataDir, uid: NOBODY }).failure()).toMatch(
      /belongs to user \d+: run Joust as that user or as root/,
    );
  });
});
