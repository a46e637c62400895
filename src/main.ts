import 'reflect-metadata';
import type { INestApplicationContext } from '@nestjs/common';
import { ConfigError, readConfig } from './config';
import { newLogger } from './logger';
import { OperationsServer } from './operations/operations.server';
import { createJudge, createServer, drain, isServer } from './server';
import { openWorld, type World } from './world.module';

/** After this long a drain that hangs is cut short. */
const LONGEST_DRAIN_MS = 20_000;

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const log = newLogger(config.LOG_LEVEL);
  const world = await openWorld(config, (level, line) => log[level](line));
  const { app, says } = await start(world);

  let stopping: Promise<void> | null = null;
  const stop = async (signal: NodeJS.Signals): Promise<void> => {
    log.info(`${signal}: finishing what is in hand`);
    setTimeout(() => {
      log.error('The drain took too long and is cut short; what is owed is kept and goes on at the next start');
      process.exit(1);
    }, LONGEST_DRAIN_MS).unref();
    await drain(app, world);
    process.exit(0);
  };
  // A terminal and npm may both send it: what comes again changes nothing.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void (stopping ??= stop(signal)));
  process.stdout.write(`${says}\n`);
}

/** By its role; and what it says when it is ready. */
async function start(world: World): Promise<{ app: INestApplicationContext; says: string }> {
  const { ROLE, HOST, PORT, PUBLIC_URL, OPERATIONS_HOST, OPERATIONS_PORT } = world.config;
  const app = ROLE === 'judge' ? await createJudge(world) : await createServer(world);
  if (isServer(app)) await app.listen(PORT, HOST);
  const doesWhat = isServer(app) ? `at ${PUBLIC_URL ?? (await app.getUrl())}` : 'to judge';
  if (OPERATIONS_PORT === undefined) return { app, says: `Joust is ready ${doesWhat}` };
  const operations = await app.get(OperationsServer).listen(OPERATIONS_PORT, OPERATIONS_HOST);
  return { app, says: `Joust is ready ${doesWhat}, and for operators at ${operations}` };
}

main().catch((error: unknown) => {
  process.stderr.write(`${sayWhy(error)}\n`, () => process.exit(1));
});

/** A person reads this: what is wrong with his settings, his folder or his ports comes as a sentence; only what nobody foresaw needs its stack. */
function sayWhy(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const isForeseen = error instanceof ConfigError || error.constructor === Error || 'code' in error || 'tail' in error;
  return isForeseen ? error.message : (error.stack ?? error.message);
}
