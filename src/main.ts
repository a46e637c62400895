import 'reflect-metadata';
import type { INestApplicationContext } from '@nestjs/common';
import { ConfigError, readConfig } from './config';
import { newLogger } from './logger';
import { OperationsServer } from './operations/operations.server';
import { createJudge, createServer, drain } from './server';
import { openWorld, type World } from './world.module';

/** After this long a drain that hangs is cut short. */
const LONGEST_DRAIN_MS = 20_000;

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const log = newLogger(config.LOG_LEVEL);
  const world = await openWorld(config, (level, line) => log[level](line));
  const { app, isReady } = await start(world);

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
  process.stdout.write(`${isReady}\n`);
}

/** By its role, and what it says then. */
async function start(world: World): Promise<{ app: INestApplicationContext; isReady: string }> {
  const { ROLE, HOST, PORT, PUBLIC_URL, OPERATIONS_HOST, OPERATIONS_PORT } = world.config;
  const listens = async (app: INestApplicationContext) =>
    OPERATIONS_PORT === undefined ? null : app.get(OperationsServer).listen(OPERATIONS_PORT, OPERATIONS_HOST);
  if (ROLE === 'judge') {
    const app = await createJudge(world);
    const operations = await listens(app);
    return { app, isReady: `Joust judges${operations === null ? '' : `; for operators: ${operations}`}` };
  }
  const app = await createServer(world);
  const operations = await listens(app);
  await app.listen(PORT, HOST);
  const address = PUBLIC_URL ?? (await app.getUrl());
  return { app, isReady: `Joust is ready at ${address}${operations === null ? '' : `; for operators: ${operations}`}` };
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
