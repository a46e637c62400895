import { randomUUID } from 'node:crypto';
import { attachPostgres } from '../../src/adapters/embedded/postgres/embedded-postgres';
import { openDatabase } from '../../src/store/database';
import { databaseUrl } from '../../test/support/database-url';
import { freePort } from '../../test/support/free-port';
import { OwnRedis } from '../../test/support/redis';
import { BROKER, removeTopology } from '../support/broker';
import { call, duels, submission } from '../support/people';
import { QUEUE, startJoust, type Joust } from '../support/processes';
import type { Report } from '../support/report';
import { inParallel, now } from '../support/statistics';

const CLIENTS = 16;
/** One box, and no trials of other languages beside it: at a first start those take a while. */
const ALONE = { JUDGE_SLOTS: '1', JUDGE_LANGUAGES: 'python' };

/**
 * What a second judge brings: submissions to one api process, judged by one process with one box and then
 * by two, in turn. Where there are fewer than four processors the two also get in each other's way.
 */
export async function judges(report: Report, smoke: boolean): Promise<void> {
  const [count, rounds] = smoke ? [8, 1] : [60, 3];
  const prefix = `bench.${randomUUID()}.`;
  const redis = await OwnRedis.start();
  const shared = {
    ...{ REDIS_URL: redis.url, AMQP_URL: BROKER, AMQP_PREFIX: prefix },
    ...{ JWT_SECRET: 'known to all of the measured processes', LOG_LEVEL: 'error' },
  };
  // It only brings the database, and judges nothing.
  const database = await startJoust({ BENCH_SILENT_QUEUE: QUEUE });
  const { connection } = (await attachPostgres(database))!;
  const env = { ...shared, DATABASE_URL: databaseUrl(connection) };
  const api = await startJoust({ ...env, ROLE: 'api' });
  const db = await openDatabase(connection, 2);
  const awaited = async () =>
    Number((await db.query('SELECT count(*) FROM submissions WHERE verdict IS NULL'))[0].count);
  try {
    const [alone, together]: [number[], number[]] = [[], []];
    const first = await startJudge(env);
    for (let round = 0; round < rounds; round++) {
      alone.push(await judgedPerSecond(api, count, awaited));
      const second = await startJudge(env);
      together.push(await judgedPerSecond(api, 2 * count, awaited));
      await second.stop();
    }
    await first.stop();
    const [value, bare] = [Math.max(...together), Math.max(...alone)];
    report.add({
      ...{ part: 'judges', what: 'submitted and judged, python, 2 judges beside 1', unit: '/s', value, bare },
      ...{ judged: value / bare, goal: { least: 1.8 } },
      note: `one box each; best of ${rounds} rounds; all: ${together.map((one) => one.toFixed(1)).join(' ')}, one judge ${alone.map((one) => one.toFixed(1)).join(' ')}`,
    });
  } finally {
    await db.destroy();
    await api.stop();
    await database.stop();
    await redis.stop();
    await removeTopology(prefix);
  }
}

/** Its operations port tells when it is ready. */
const startJudge = async (env: Readonly<Record<string, string>>): Promise<Joust> =>
  startJoust({ ...env, ...ALONE, ROLE: 'judge', OPERATIONS_PORT: String(await freePort()) });

async function judgedPerSecond({ url }: Joust, count: number, awaited: () => Promise<number>): Promise<number> {
  const rooms = await duels(url, 8);
  const began = now();
  await inParallel(Array.from({ length: count }), CLIENTS, async (_, index) => {
    const { roomId, players } = rooms[index % rooms.length]!;
    const { status } = await call(url, 'POST', `/rooms/${roomId}/submissions`, players[0].token, submission());
    if (status !== 202) throw new Error(`A submission was answered ${status}`);
  });
  while ((await awaited()) > 0) await new Promise((resume) => setTimeout(resume, 10));
  return (count * 1000) / (now() - began);
}
