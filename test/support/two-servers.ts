import type { Player } from './player';
import { OwnRedis } from './redis';
import { startServer, type TestServer, type TestServerOptions } from './server';

/** Two servers that share a database and a Redis of their own: two processes, as far as either can tell. */
export interface TwoServers {
  readonly here: TestServer;
  readonly there: TestServer;
  readonly redis: OwnRedis;
  /** Two players, one at each server. */
  players(): Promise<[Player, Player]>;
  close(): Promise<void>;
}

export async function startTwoServers({
  env = {},
  change = (world) => world,
}: TestServerOptions = {}): Promise<TwoServers> {
  const redis = await OwnRedis.start();
  const common = {
    REDIS_URL: redis.url,
    REDIS_PREFIX: 'two:',
    JWT_SECRET: 'known to both of them, and to nobody else',
    ...env,
  };
  const here = await startServer({ env: common, change });
  const there = await startServer({ env: common, change: (world) => change({ ...world, db: here.world.db }) });
  return {
    here,
    there,
    redis,
    players: async () => [await here.guest('Ann'), await there.guest('Ben')],
    close: async () => {
      await there.close();
      await here.close();
      await redis.stop();
    },
  };
}
