import { attachPostgres } from '../../src/adapters/embedded/postgres/embedded-postgres';
import { databaseUrl } from '../../test/support/database-url';
import { OwnRedis } from '../../test/support/redis';
import { startJoust, type Joust } from './processes';

/** Two servers on one database and one Redis. */
export interface Pair {
  readonly servers: readonly [Joust, Joust];
  readonly redis: OwnRedis;
  stop(): Promise<void>;
}

export async function startPair(): Promise<Pair> {
  const redis = await OwnRedis.start();
  const env = { REDIS_URL: redis.url, JWT_SECRET: 'known to both of the measured processes', LOG_LEVEL: 'error' };
  const first = await startJoust(env);
  const { connection } = (await attachPostgres({ dataDir: first.dataDir }))!;
  const second = await startJoust({ ...env, DATABASE_URL: databaseUrl(connection) });
  const stop = async () => {
    await second.stop();
    await first.stop();
    await redis.stop();
  };
  return { servers: [first, second], redis, stop };
}
