import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { attachPostgres } from '../../src/adapters/embedded/postgres/embedded-postgres';
import { eventually } from '../support/eventually';
import { ask, freshFolder, owner, recall, remember, start } from './folders';
import { buildOwner, postgresProcesses } from './owners';

const asRoot = process.getuid?.() === 0 ? it : it.skip;
const NOBODY = 65534;

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
        'SELECT datlocprovider::text || datlocale AS v FROM pg_database WHERE datname = current_database()',
      ),
    ).toEqual(['bC.UTF-8']);
    expect(await ask(connection, `SELECT current_setting('server_version') AS v`)).toEqual([version]);
  });

  it('may have spaces, quotes, commas and letters of any language in its name', async () => {
    const { connection } = await start(freshFolder('donn\u00e9es d\u2019\u00c9t\u00e9, "\u4e2d\u6587" 100% $HOME'));
    expect(await ask(connection, 'SELECT 1 AS v')).toEqual([1]);
  });

  it('may lie so deep that no socket fits', async () => {
    const dataDir = freshFolder(path.join('deep', ...Array<string>(6).fill('a-long-name-of-a-folder')));
    const postgres = await start(dataDir);
    expect(await ask(postgres.connection, 'SELECT 1 AS v')).toEqual([1]);
    expect(postgres.connection.host).not.toContain(dataDir);
    const attached = await eventually('its file says that it is ready', () => attachPostgres({ dataDir }));
    expect(attached.connection).toEqual(postgres.connection);
    await postgres.stop();
    expect(existsSync(postgres.connection.host)).toBe(false);
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
    mkdirSync(path.join(dataDir, 'postgres.unfinished-1/base'), { recursive: true });
    writeFileSync(path.join(dataDir, 'postgres.unfinished-1/PG_VERSION'), '18\n');
    expect(await ask((await start(dataDir)).connection, 'SELECT 1 AS v')).toEqual([1]);
    expect(existsSync(path.join(dataDir, 'postgres.unfinished-1'))).toBe(false);
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

describe('as whom', () => {
  const inClosedFolder = (): { readonly build: string; readonly dataDir: string } => {
    const closed = freshFolder();
    mkdirSync(closed, { mode: 0o700 });
    buildOwner(path.join(closed, 'build'), 'copied');
    return { build: path.join(closed, 'build'), dataDir: path.join(closed, 'data') };
  };

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

  asRoot('root below a folder only root may enter still starts, twice, the programs being there as well', async () => {
    const options = inClosedFolder();
    const first = owner(options);
    const { connection, how } = await first.running();
    expect(how).toMatch(/user namespace|closed folders/);
    await remember(connection, 'hidden');
    await first.stop();
    const second = await owner(options).running();
    expect(await recall(second.connection)).toEqual(['hidden']);
  });

  asRoot('root does so, too, where there are no user namespaces', async () => {
    const PATH = freshFolder();
    mkdirSync(PATH);
    for (const program of ['id', 'cat', 'setpriv']) symlinkSync(`/usr/bin/${program}`, path.join(PATH, program));
    const { connection, how } = await owner({ ...inClosedFolder(), PATH }).running();
    expect(how).toMatch(/closed folders/);
    expect(await ask(connection, 'SELECT 1 AS v')).toEqual([1]);
  });

  asRoot('an ordinary user is itself, also where the programs cannot be changed', async () => {
    const readable = freshFolder();
    buildOwner(readable, 'copied');
    const dataDir = freshFolder();
    mkdirSync(dataDir);
    chownSync(dataDir, NOBODY, NOBODY);
    const first = owner({ build: readable, dataDir, uid: NOBODY });
    const { connection, how } = await first.running();
    expect(how).toBe('this user');
    expect(existsSync(path.join(dataDir, 'postgres.libraries'))).toBe(true);
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
