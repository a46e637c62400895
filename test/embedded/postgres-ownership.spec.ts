import { existsSync, mkdirSync, readdirSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { attachPostgres, openPostgres, startPostgres } from '../../src/adapters/embedded/postgres/embedded-postgres';
import { thisProcess } from '../../src/adapters/embedded/postgres/process-identity';
import { eventually } from '../support/eventually';
import { ask, freshFolder, owner, recall, remember, start } from './folders';
import { guardProcesses, killAll, postgresProcesses, untilGone } from './owners';

/** Elsewhere there is no /proc to find processes by. */
const onLinux = process.platform === 'linux' ? describe : describe.skip;
const pause = (): Promise<unknown> => new Promise(setImmediate);

function initdbIsAtWork(dataDir: string): boolean {
  const names = existsSync(dataDir) ? readdirSync(dataDir, { recursive: true, encoding: 'utf8' }) : [];
  return names.some((name) => /^postgres\.unfinished-.*PG_VERSION$/.test(name));
}

onLinux('kill -9', () => {
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
    const dataDir = freshFolder(path.join('killed', ...Array<string>(6).fill('a-long-name-of-a-folder')));
    const first = owner({ dataDir });
    const { connection } = await first.running();
    await remember(connection, 'committed');
    const postgres = postgresProcesses(dataDir);
    killAll([first.pid, ...guardProcesses(first.pid, postgres), ...postgres]);
    const second = await start(dataDir);
    expect(await recall(second.connection)).toEqual(['committed']);
    expect(connection.host).not.toContain(dataDir);
    expect(existsSync(connection.host)).toBe(false);
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

  it('of PostgreSQL alone is told, and the folder is still given back', async () => {
    const dataDir = freshFolder();
    const told: string[] = [];
    const postgres = await startPostgres({ dataDir, log: (level, line) => told.push(`${level} ${line}`) });
    const processes = postgresProcesses(dataDir);
    killAll(processes);
    await untilGone(processes);
    while (!told.some((line) => line.startsWith('error') && line.includes('ended by itself'))) await pause();
    await postgres.stop();
    await start(dataDir, 0);
  });

  it('of the main process of PostgreSQL alone ends the others before the next start', async () => {
    const dataDir = freshFolder();
    const first = owner({ dataDir });
    await remember((await first.running()).connection, 'committed');
    killAll([first.pid, ...postgresProcesses(dataDir).slice(0, 1)]);
    expect(await recall((await start(dataDir)).connection)).toEqual(['committed']);
  });

  it('during the first start leaves nothing that stands in the way of the next', async () => {
    const dataDir = freshFolder();
    const first = owner({ dataDir });
    while (!initdbIsAtWork(dataDir)) await pause();
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
    const attached = await openPostgres({ dataDir, log: () => undefined });
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

onLinux('a lock', () => {
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
    // PostgreSQL says that it is ready a moment before its file says so.
    const attached = await eventually('its file says that it is ready', () => attachPostgres({ dataDir }));
    expect(attached.connection).toEqual(connection);
  });

  it('of PostgreSQL itself whose number was given to another does not bind', async () => {
    const dataDir = freshFolder();
    await (await start(dataDir)).stop();
    writeFileSync(path.join(dataDir, 'postgres/postmaster.pid'), `${process.pid}\n${dataDir}\n`);
    writeFileSync(path.join(dataDir, 'postgres/.s.PGSQL.5432.lock'), `${process.pid}\n${dataDir}\n`);
    await start(dataDir);
  });
});
