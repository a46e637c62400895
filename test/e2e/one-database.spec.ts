import { rmSync } from 'node:fs';
import { startPostgres, type EmbeddedPostgres } from '../../src/adapters/embedded/postgres/embedded-postgres';
import { databaseUrl } from '../support/database-url';
import { startFor, submit } from '../support/rooms';
import { newDataDir } from '../support/data-folder';
import { startServer, type TestServer } from '../support/server';
import { ToldJudge } from '../support/told-judge';

let dataDir: string;
const servers: TestServer[] = [];
let postgres: EmbeddedPostgres;
beforeAll(async () => {
  dataDir = await newDataDir();
  postgres = await startPostgres({ dataDir, log: () => undefined });
});
afterAll(async () => {
  for (const server of servers.reverse()) await server.close();
  await postgres.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

/** A process of its own, as far as it can tell, with a duel at it. */
async function start() {
  const judge = new ToldJudge();
  const env = { DATABASE_URL: databaseUrl(postgres.connection) };
  const server = await startServer({ env, change: (world) => ({ ...world, judge }) });
  servers.push(server);
  const [ann, ben] = [await server.guest('Ann'), await server.guest('Ben')];
  const room = await startFor(ann, ben);
  const watch = await ann.watch(room.id);
  return { server, judge, watch, submit: (source: string) => submit(ann, room.id, source) };
}

it('a process that starts on a database of others, without a broker, takes nothing out of their hands', async () => {
  const first = await start();
  const held = await first.submit('hold');
  const job = await first.judge.holding('hold');

  const second = await start();
  await second.submit('WA');
  await second.watch.until('submission.judged');
  expect(second.judge.seen).toEqual(['WA']);

  job.say('AC');
  expect((await first.watch.until('submission.judged')).data).toMatchObject({ submissionId: held, verdict: 'AC' });
  const [row] = await first.server.world.db.query('SELECT attempt FROM submissions WHERE id = $1', [held]);
  expect(row).toEqual({ attempt: 1 });
});
