import 'reflect-metadata';
import { rmSync } from 'node:fs';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { readConfig } from '../../src/config';
import { createServer, drain } from '../../src/server';
import { openWorld, type World } from '../../src/world.module';
import { newDataDir } from './data-folder';
import { FEW_LANGUAGES } from './embedded-judge';
import { Player } from './player';

export interface TestServer {
  readonly url: string;
  readonly app: NestExpressApplication;
  readonly world: World;
  /** Signs a guest in. */
  guest(name: string): Promise<Player>;
  close(): Promise<void>;
}

export interface TestServerOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Puts something else behind a port, such as a clock to travel in. */
  readonly change?: (world: World) => World;
  /** A folder of an earlier server to go on with. It is left in place; without it the server has one of its own. */
  readonly dataDir?: string;
}

/** The whole server in this process, on its embedded parts and a data folder of its own. */
export async function startServer({
  env = {},
  change = (world) => world,
  dataDir: kept,
}: TestServerOptions = {}): Promise<TestServer> {
  const dataDir = kept ?? (await newDataDir());
  const usual = { PORT: '0', LOG_LEVEL: 'error', RATE_LIMITS: 'off', JUDGE_LANGUAGES: FEW_LANGUAGES.join(',') };
  const config = readConfig({ ...usual, DATA_DIR: dataDir, ...env });
  const world = change(await openWorld(config, () => undefined));
  const app = await createServer(world);
  await app.listen(0, '127.0.0.1');
  const url = (await app.getUrl()).replace('[::1]', '127.0.0.1');
  const players: Player[] = [];
  return {
    url,
    app,
    world,
    async guest(name) {
      const player = await Player.signIn(url, name);
      players.push(player);
      return player;
    },
    async close() {
      for (const player of players) player.disconnect();
      await drain(app, world);
      if (kept === undefined) rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
