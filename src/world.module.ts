import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import { Global, Module, type DynamicModule, type Provider } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { EmbeddedJudge } from './adapters/embedded/judge/embedded.judge';
import { keptSecret } from './adapters/embedded/kept-secret';
import { MemoryRoomBus } from './adapters/embedded/memory.bus';
import { MemoryJudgeQueue } from './adapters/embedded/memory.queue';
import { openPostgres, startPostgres } from './adapters/embedded/postgres/embedded-postgres';
import { SystemClock } from './adapters/embedded/system.clock';
import { Judge0Judge } from './adapters/judge0/judge0.judge';
import { RabbitJudgeQueue } from './adapters/rabbitmq/rabbit.queue';
import { RedisRoomBus } from './adapters/redis/redis.bus';
import { RedisConnection } from './adapters/redis/redis.connection';
import { socketControl } from './adapters/redis/socket-control';
import { AuthSettings, GOOGLE, type GoogleClient } from './auth/auth.settings';
import type { Config } from './config';
import { Limits } from './http/limits';
import { Metrics } from './metrics';
import { Clock, Judge, JudgeQueue, RoomBus } from './ports';
import { AuditStore } from './store/audit.store';
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
  /** Programs run without isolation: whoever uses this server is told all the time. */
  readonly unsafe: boolean;
  /** How socket servers reach each other; null: there is only one. */
  readonly control: ReturnType<typeof socketControl> | null;
  readonly limits: Limits;
  /** What an engine may call to say that it has ended a run, where it was told to. */
  readonly callbacks?: { readonly path: string; readonly handle: RequestListener };
  /** The first signs, all are accepted. */
  readonly jwtSecrets: readonly [string, ...string[]];
  /** null: nobody signs in with Google. */
  readonly google: GoogleClient | null;
  /** Such as `PostgreSQL 18.4, embedded`. */
  readonly databaseIs: string;
  close(): Promise<void>;
}

/**
 * The memory of this configuration and what changing it takes: the database, a server of one's own or
 * the embedded one, a clock and a bus. `shared`: another process may own the embedded one.
 * What changes through it is heard by the servers that are on the same Redis.
 */
export async function openStore(config: Config, say: Say, shared = false) {
  const { db, databaseIs, close } = await openTables(config, say, shared);
  const { redis, bus, close: closeBus } = await openBus(config, say);
  const clock: Clock = new SystemClock();
  const closeAll = async () => {
    await closeBus();
    await close();
  };
  return { db, databaseIs, redis, bus, clock, close: closeAll };
}

/** The bus in use. A Redis that is away is connected to when it is back. */
export async function openBus({ REDIS_URL, REDIS_PREFIX }: Config, say: Say) {
  const redis = REDIS_URL === undefined ? null : await RedisConnection.open(REDIS_URL, say);
  const bus: RoomBus = redis ? new RedisRoomBus(redis, REDIS_PREFIX) : new MemoryRoomBus();
  const close = async () => {
    await bus.close();
    await redis?.close();
  };
  return { redis, bus, close };
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

/** The engine in use. `workFolder`: one of its own, where a server may be at work in the usual one; all of it is then waited for. */
export async function openJudge(config: Config, workFolder?: string): Promise<EmbeddedJudge | Judge0Judge> {
  const slots = config.JUDGE_SLOTS !== undefined && { slots: config.JUDGE_SLOTS };
  if (config.JUDGE0_URL !== undefined)
    return Judge0Judge.start({ ...judge0Options(config, config.JUDGE0_URL), ...slots });
  const dataDir = join(config.DATA_DIR, 'judge');
  const judge = await EmbeddedJudge.start({
    dataDir,
    hidden: [config.DATA_DIR],
    unsafeLocal: config.JUDGE_UNSAFE_LOCAL,
    ...(workFolder !== undefined && { workFolder }),
    ...(config.JUDGE_LANGUAGES !== undefined && { languages: config.JUDGE_LANGUAGES.split(',') }),
    ...slots,
  });
  if (workFolder !== undefined) await judge.settled();
  return judge;
}

function judge0Options(config: Config, url: string) {
  const { JUDGE0_AUTH_TOKEN, JUDGE0_RAPIDAPI_KEY, JUDGE0_LANGUAGES = '', JUDGE0_CALLBACK_URL } = config;
  const pairs = JUDGE0_LANGUAGES.split(',').map((pair) => pair.split('='));
  return {
    url,
    noCgroup: config.JUDGE0_NO_CGROUP,
    numbers: new Map(pairs.flatMap(([id, number]) => (id ? [[id, Number(number)]] : []))),
    ...(JUDGE0_AUTH_TOKEN !== undefined && { authToken: JUDGE0_AUTH_TOKEN }),
    ...(JUDGE0_RAPIDAPI_KEY !== undefined && { rapidApiKey: JUDGE0_RAPIDAPI_KEY }),
    ...(JUDGE0_CALLBACK_URL !== undefined && { callbackBase: JUDGE0_CALLBACK_URL }),
  };
}

/** The queue in use. A broker that is away is connected to when it is back. The embedded database alone is no other process's, too. */
export const openQueue = ({ AMQP_URL: url, AMQP_PREFIX: prefix = '', DATABASE_URL }: Config, say: Say): JudgeQueue =>
  url === undefined ? new MemoryJudgeQueue(DATABASE_URL === undefined) : new RabbitJudgeQueue({ url, prefix, say });

function googleClient({ GOOGLE_CLIENT_ID: id, GOOGLE_CLIENT_SECRET: secret, PUBLIC_URL }: Config): GoogleClient | null {
  if (id === undefined || secret === undefined || PUBLIC_URL === undefined) return null;
  return { id, secret, callbackUrl: new URL('/api/auth/google/callback', PUBLIC_URL).href, provider: GOOGLE };
}

/** The only place that chooses: for every port, which adapter stands behind it. */
export async function openWorld(config: Config, say: Say): Promise<World> {
  const store = await openStore(config, say);
  try {
    const judge = config.ROLE === 'api' ? null : await openJudge(config);
    const unsafe = judge instanceof EmbeddedJudge && !judge.isolates;
    if (unsafe)
      say('warn', 'JUDGE_UNSAFE_LOCAL is set: programs run without isolation, with all rights of this server');
    const queue = openQueue(config, say);
    const close = async () => {
      await queue.close();
      await judge?.close();
      await store.close();
    };
    const previous = config.JWT_SECRET_PREVIOUS === undefined ? [] : [config.JWT_SECRET_PREVIOUS];
    const jwtSecrets = [config.JWT_SECRET ?? keptSecret(config.DATA_DIR, 'jwt'), ...previous] as const;
    const { redis, ...rest } = store;
    const control = redis && socketControl(redis, config.REDIS_PREFIX);
    const limits = new Limits(config.RATE_LIMITS, redis && { redis: redis.publisher, prefix: config.REDIS_PREFIX });
    const called = judge instanceof Judge0Judge && config.JUDGE0_CALLBACK_URL !== undefined;
    const callbacks = called && { callbacks: judge.callbacks };
    const google = googleClient(config);
    return { ...rest, config, queue, judge, unsafe, control, limits, jwtSecrets, google, close, ...callbacks };
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** Gives the world to whoever asks for a port, and the stores with it. */
@Global()
@Module({})
export class WorldModule {
  static with({ config, db, clock, queue, bus, judge, limits, jwtSecrets, google }: World): DynamicModule {
    const secure = config.PUBLIC_URL?.startsWith('https:') ?? false;
    const providers: Provider[] = [
      { provide: DataSource, useValue: db },
      { provide: Clock, useValue: clock },
      { provide: JudgeQueue, useValue: queue },
      { provide: RoomBus, useValue: bus },
      ...(judge ? [{ provide: Judge, useValue: judge }] : []),
      { provide: Metrics, useValue: new Metrics(config.ROLE) },
      { provide: Limits, useValue: limits },
      { provide: AuthSettings, useValue: new AuthSettings(config.guests, secure, jwtSecrets, google) },
      ...[UserStore, SessionStore, ProblemStore, RoomStore, SubmissionStore, JobStore, EngineStore, AuditStore],
    ];
    return { module: WorldModule, providers, exports: providers };
  }
}
