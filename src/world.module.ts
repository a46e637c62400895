import { createSecretKey } from 'node:crypto';
import { join } from 'node:path';
import { Global, Module, type DynamicModule, type Provider } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { DataSource } from 'typeorm';
import { EmbeddedJudge } from './adapters/embedded/judge/embedded.judge';
import { keptSecret } from './adapters/embedded/kept-secret';
import { MemoryRoomBus } from './adapters/embedded/memory.bus';
import { MemoryJudgeQueue } from './adapters/embedded/memory.queue';
import { openPostgres, startPostgres } from './adapters/embedded/postgres/embedded-postgres';
import { SystemClock } from './adapters/embedded/system.clock';
import { RabbitJudgeQueue } from './adapters/rabbitmq/rabbit.queue';
import { AuthSettings } from './auth/auth.settings';
import type { Config } from './config';
import { Limits } from './http/limits';
import { Metrics } from './metrics';
import { Clock, Judge, JudgeQueue, RoomBus } from './ports';
import { openDatabase } from './store/database';
import { EngineStore } from './store/engine.store';
import { JobStore } from './store/job.store';
import { ProblemStore } from './store/problem.store';
import { RoomStore } from './store/room.store';
import { SessionStore } from './store/session.store';
import { SubmissionStore } from './store/submission.store';
import { UserStore } from './store/user.store';

export type Say = (level: 'info' | 'warn' | 'error', line: string) => void;

/** What stands behind each port in this process. */
export interface World {
  readonly config: Config;
  readonly db: DataSource;
  readonly clock: Clock;
  readonly queue: JudgeQueue;
  readonly bus: RoomBus;
  /** null: others judge. */
  readonly judge: Judge | null;
  readonly jwtSecret: string;
  /** Such as `PostgreSQL 18.4, embedded`. */
  readonly databaseIs: string;
  close(): Promise<void>;
}

/**
 * The memory of this configuration and what changing it takes: the database, a server of one's own or
 * the embedded one, a clock and a bus. `shared`: another process may own the embedded one.
 */
export async function openStore(config: Config, say: Say, shared = false) {
  const { db, databaseIs, close } = await openTables(config, say, shared);
  const bus: RoomBus = new MemoryRoomBus();
  const clock: Clock = new SystemClock();
  return { db, databaseIs, bus, clock, close: () => bus.close().then(close) };
}

async function openTables(config: Config, say: Say, shared: boolean) {
  if (config.DATABASE_URL !== undefined) {
    const db = await openDatabase({ url: config.DATABASE_URL }, config.DATABASE_CONNECTIONS);
    return { db, databaseIs: `PostgreSQL ${db.driver.version ?? ''}, at DATABASE_URL`, close: () => db.destroy() };
  }
  const open = shared ? openPostgres : startPostgres;
  const postgres = await open({ dataDir: config.DATA_DIR, log: say });
  try {
    const db = await openDatabase(postgres.connection, config.DATABASE_CONNECTIONS);
    const close = async () => {
      await db.destroy();
      await postgres.stop();
    };
    return { db, databaseIs: `PostgreSQL ${postgres.version}, embedded (${postgres.how})`, close };
  } catch (error) {
    await postgres.stop();
    throw error;
  }
}

/** The engine in use. `workFolder`: one of its own, where a server may be at work in the usual one. */
export const openJudge = (config: Config, workFolder?: string): Promise<Judge> =>
  EmbeddedJudge.start({
    dataDir: join(config.DATA_DIR, 'judge'),
    hidden: [config.DATA_DIR],
    ...(workFolder !== undefined && { workFolder }),
    ...(config.JUDGE_SLOTS !== undefined && { slots: config.JUDGE_SLOTS }),
  });

/** The queue in use. A broker that is away is connected to when it is back. */
export const openQueue = ({ AMQP_URL: url, AMQP_PREFIX: prefix = '' }: Config, say: Say): JudgeQueue =>
  url === undefined ? new MemoryJudgeQueue() : new RabbitJudgeQueue({ url, prefix, say });

/** The only place that chooses: for every port, which adapter stands behind it. */
export async function openWorld(config: Config, say: Say): Promise<World> {
  const store = await openStore(config, say);
  try {
    const judge = config.ROLE === 'api' ? null : await openJudge(config);
    const queue = openQueue(config, say);
    const close = async () => {
      await queue.close();
      await judge?.close();
      await store.close();
    };
    const jwtSecret = config.JWT_SECRET ?? keptSecret(config.DATA_DIR, 'jwt');
    return { ...store, config, queue, judge, jwtSecret, close };
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** Gives the world to whoever asks for a port, and the stores with it. */
@Global()
@Module({})
export class WorldModule {
  static with({ config, db, clock, queue, bus, judge, jwtSecret }: World): DynamicModule {
    const secure = config.PUBLIC_URL?.startsWith('https:') ?? false;
    const providers: Provider[] = [
      { provide: DataSource, useValue: db },
      { provide: Clock, useValue: clock },
      { provide: JudgeQueue, useValue: queue },
      { provide: RoomBus, useValue: bus },
      ...(judge ? [{ provide: Judge, useValue: judge }] : []),
      // As a key: a string would be tried as a public key first, again at every request.
      { provide: JwtService, useValue: new JwtService({ secret: createSecretKey(jwtSecret, 'utf8') }) },
      { provide: Metrics, useValue: new Metrics(config.ROLE) },
      { provide: Limits, useValue: new Limits(config.RATE_LIMITS) },
      { provide: AuthSettings, useValue: new AuthSettings(config.guests, secure) },
      ...[UserStore, SessionStore, ProblemStore, RoomStore, SubmissionStore, JobStore, EngineStore],
    ];
    return { module: WorldModule, providers, exports: providers };
  }
}
