import type { Server } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import cookieParser from 'cookie-parser';
import { AppModule } from './app.module';
import { AuthSettings } from './auth/auth.settings';
import { MAX_BYTES } from './contract/terms';
import { notKept, safeHeaders } from './http/content-policy';
import { Failures } from './http/failures.filter';
import { jsonOnly } from './http/json-only';
import { ownOriginOnly } from './http/origin';
import { servePage } from './http/page';
import { identify } from './http/request-log';
import { WireAdapter } from './http/wire.adapter';
import { FrameworkLog, newLogger } from './logger';
import { Metrics } from './metrics';
import { serveDocs } from './operations/docs/serve-docs';
import { Health } from './operations/health';
import { OperationsServer } from './operations/operations.server';
import { SocketAdapter } from './realtime/socket.adapter';
import type { World } from './world.module';

/** The whole server for browsers, ready to listen; by its role it judges as well. */
export async function createServer(world: World): Promise<NestExpressApplication> {
  const { PUBLIC_URL, TRUST_PROXY } = world.config;
  const app = await NestFactory.create<NestExpressApplication>(AppModule.with(world), new WireAdapter(), {
    bufferLogs: true,
    bodyParser: false,
  });
  const log = newLogger(world.config.LOG_LEVEL);
  app.useLogger(new FrameworkLog(log));
  if (TRUST_PROXY !== undefined) app.set('trust proxy', TRUST_PROXY);
  app.disable('x-powered-by');
  app.disable('etag');
  // Before anything that notes paths or counts requests: its path is a secret, and so its only guard.
  if (world.callbacks) app.use(world.callbacks.path, world.callbacks.handle);
  app.use(identify(log, app.get(Metrics)));
  app.use(safeHeaders(app.get(AuthSettings).secure));
  app.use('/api', notKept);
  app.use(ownOriginOnly(PUBLIC_URL));
  app.use(jsonOnly);
  app.use('/api/auth', cookieParser());
  app.useBodyParser('json', { limit: MAX_BYTES.body, inflate: false });
  app.useGlobalFilters(new Failures());
  servePage(app, world.unsafe);
  app.useWebSocketAdapter(new SocketAdapter(app, PUBLIC_URL, world.control));
  serveDocs(app, PUBLIC_URL);
  return app;
}

/** A process that only judges: it works from here on, and nobody calls on it. */
export function createJudge(world: World): Promise<INestApplicationContext> {
  const logger = new FrameworkLog(newLogger(world.config.LOG_LEVEL));
  return NestFactory.createApplicationContext(AppModule.with(world), { logger });
}

export const isServer = (app: INestApplicationContext): app is NestExpressApplication => 'getHttpServer' in app;

/**
 * Closes in the order in which nothing gets lost: whoever sends people here is told not to, and gets the
 * time to hear it; nobody new is let in; clients are told; judges finish or put off what they have;
 * requests under way are answered; then the world behind it all.
 */
export async function drain(app: INestApplicationContext, world: World): Promise<void> {
  app.get(Health).drain();
  let answered: Promise<unknown> | null = null;
  if (isServer(app)) {
    await pause(world.config.DRAIN_SECONDS * 1000);
    const http: Server = app.getHttpServer();
    answered = new Promise((resolve) => http.close(resolve));
  }
  await app.close();
  await answered;
  await world.close();
  await app.get(OperationsServer).close();
}
