import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { duels } from '../../bench/support/people';
import { startPostgres, type EmbeddedPostgres } from '../../src/adapters/embedded/postgres/embedded-postgres';
import { ChildServer } from '../support/child-server';
import { databaseUrl } from '../support/database-url';
import { eventually } from '../support/eventually';
import { Account } from './account';

const SUBMISSIONS = 1_000;
const PATIENCE_MS = 180_000;
const PATIENT = { patienceMs: PATIENCE_MS, paceMs: 50 };

/** How a database goes away. */
const TRIALS: Readonly<Record<string, (postgres: EmbeddedPostgres, folder: string) => Promise<void>>> = {
  'PostgreSQL is shut down and started again': (postgres) => postgres.stop(),
  async 'PostgreSQL is killed and started again'(postgres, folder) {
    const [pid] = readFileSync(join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n');
    process.kill(Number(pid), 'SIGKILL');
    await postgres.stop();
  },
};

/** What was accepted survives its database; what could not be accepted was refused in words. */
export async function postgres(): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'joust-faults-'));
  const start = () => startPostgres({ dataDir: folder, log: () => undefined });
  let running = await start();
  const server = ChildServer.start({
    ...{
      DATA_DIR: join(folder, 'server'),
      DATABASE_URL: databaseUrl(running.connection),
      RATE_LIMITS: 'off',
      LOG_LEVEL: 'silent',
    },
  });
  const url = await server.ready();
  const account = await Account.open(running.connection, await duels(url, 10));
  let held = true;
  for (const [trial, goAway] of Object.entries(TRIALS)) {
    account.begin();
    const sent = account.send(url, SUBMISSIONS);
    await eventually('some are accepted', () => account.accepted.size >= 200, PATIENT);
    await goAway(running, folder);
    const before = account.accepted.size;
    running = await start();
    const backAt = Date.now();
    await eventually('another is accepted', () => account.accepted.size > before, PATIENT);
    const acceptedAfterMs = Date.now() - backAt;
    await sent;
    await eventually('all are judged', async () => (await account.pending()) === 0, PATIENT);
    const counts = await account.balance();
    const well = counts.refused > 0 && counts.failed === 0 && counts.lost === 0 && counts.judgedTwice === 0;
    held &&= well;
    process.stdout.write(`${JSON.stringify({ trial, held: well, ...counts, acceptedAfterMs })}\n`);
  }
  await server.stop();
  await account.close();
  await running.stop();
  rmSync(folder, { recursive: true, force: true, maxRetries: 20 });
  return held;
}
