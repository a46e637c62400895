import { setTimeout as pause } from 'node:timers/promises';
import { io, type Socket } from 'socket.io-client';
import { call, duels, submission, type Duel } from '../../bench/support/people';
import { startPostgres } from '../../src/adapters/embedded/postgres/embedded-postgres';
import { ChildServer, temporaryFolder } from '../support/child-server';
import { databaseUrl } from '../support/database-url';
import { eventually } from '../support/eventually';
import { OwnRedis } from '../support/redis';

const DUELS = 10;
const PER_SECOND = 10;
const SLOW_MS = 1_000;
const FREEZE_MS = 10_000;
const HEAL_MS = 5_000;

/** What is done to Redis, up to the moment it is healthy again. */
const TRIALS: Readonly<Record<string, (redis: OwnRedis) => Promise<void>>> = {
  'every connection killed, three times': async (redis) => {
    for (let times = 0; times < 3; times += 1) {
      await redis.cut();
      await pause(1_000);
    }
  },
  'kill -9, and a restart after 5 s': async (redis) => {
    redis.kill();
    await pause(5_000);
    await redis.start();
  },
  'frozen for 10 s': async (redis) => {
    redis.freeze();
    await pause(FREEZE_MS);
    redis.thaw();
  },
};

/** Somebody's socket, and how far it has seen his room. */
interface Seat {
  readonly roomId: string;
  readonly userId: string;
  readonly token: string;
  readonly url: string;
  readonly socket: Socket;
  seq: number;
  events: number;
  /** Events that were not the next one, and connections that were lost. */
  amiss: number;
}

/** Duels of players at two processes while Redis fails: nobody may wait for it, and everybody must hear everything in the end. */
export async function redis(): Promise<boolean> {
  const folder = temporaryFolder();
  const own = await OwnRedis.start();
  const postgres = await startPostgres({ dataDir: folder.path, log: () => undefined });
  const servers = ['a', 'b'].map((name) =>
    ChildServer.start({
      ...{ DATA_DIR: `${folder.path}/${name}`, DATABASE_URL: databaseUrl(postgres.connection), REDIS_URL: own.url },
      ...{ JWT_SECRET: 'known to both of the processes on trial', JUDGE_SLOTS: '1', LOG_LEVEL: 'warn' },
    }),
  );
  try {
    const urls = await Promise.all(servers.map((server) => server.ready()));
    const seats = await seated(await duels(urls[0]!, DUELS), urls as [string, string]);
    let held = true;
    for (const [name, fail] of Object.entries(TRIALS))
      held = (await tried(name, seats, servers, () => fail(own))) && held;
    held = (await died(servers[1]!, seats, urls[0]!)) && held;
    for (const { socket } of seats) socket.disconnect();
    return held;
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
    await own.stop();
    await postgres.stop();
    folder.remove();
  }
}

/** One player of each duel at each process. */
function seated(rooms: readonly Duel[], urls: readonly [string, string]): Promise<Seat[]> {
  return Promise.all(
    rooms.flatMap(({ roomId, players }) =>
      players.map(async ({ id, token }, index): Promise<Seat> => {
        const url = urls[index]!;
        const socket = io(url, { path: '/ws', transports: ['websocket'], forceNew: true, auth: { token } });
        const seat: Seat = { roomId, userId: id, token, url, socket, seq: 0, events: 0, amiss: 0 };
        const { seq } = await socket.timeout(10_000).emitWithAck('room:watch', { roomId });
        seat.seq = seq as number;
        socket.on('room:event', (event: { seq: number }) => {
          if (event.seq !== seat.seq + 1) seat.amiss += 1;
          seat.seq = event.seq;
          seat.events += 1;
        });
        socket.on('disconnect', () => (seat.amiss += 1));
        return seat;
      }),
    ),
  );
}

async function tried(
  name: string,
  seats: readonly Seat[],
  servers: readonly ChildServer[],
  fail: () => Promise<void>,
): Promise<boolean> {
  const losses = () => servers.map(({ errors }) => errors.split('Redis is lost').length);
  const before = losses();
  for (const seat of seats) [seat.events, seat.amiss] = [0, 0];
  const load = new Load(seats);
  await pause(2_000);
  await fail();
  const healedAt = performance.now();
  const goals = await positions(seats);
  const behind = () => seats.filter((seat) => seat.seq < goals.get(seat)!).length;
  await eventually('all have caught up', () => behind() === 0, { patienceMs: HEAL_MS }).catch(() => undefined);
  const recoveredMs = Math.round(performance.now() - healedAt);
  await load.stop();
  const last = await positions(seats);
  await pause(Math.max(HEAL_MS - (performance.now() - healedAt), 0));
  const wrong = seats.filter((seat) => seat.seq < last.get(seat)!).length;
  const amiss = seats.reduce((sum, seat) => sum + seat.amiss, 0);
  const events = seats.reduce((sum, seat) => sum + seat.events, 0);
  const { requests, failed, slow, slowestMs } = load;
  // A trial that hit nobody shows nothing.
  const hit = losses().filter((count, index) => count > before[index]!).length;
  const found = {
    processesHit: hit,
    requests,
    failed,
    slow,
    slowestMs,
    events,
    outOfOrder: amiss,
    notAtTheRightSeq: wrong,
    recoveredMs,
  };
  console.log(JSON.stringify({ redis: name, ...found }));
  return hit === servers.length && events > 0 && failed + slow + amiss + wrong === 0;
}

/** Where the database says each one's room stands, asked at his own process. */
async function positions(seats: readonly Seat[]): Promise<Map<Seat, number>> {
  const asked = seats.map(async (seat): Promise<[Seat, number]> => {
    const { body } = await call(seat.url, 'GET', `/rooms/${seat.roomId}`, seat.token);
    return [seat, body.seq];
  });
  return new Map(await Promise.all(asked));
}

/** Submissions by everybody in turn, evenly, until it is stopped. */
class Load {
  requests = 0;
  failed = 0;
  slow = 0;
  slowestMs = 0;
  private readonly underway = new Set<Promise<void>>();
  private readonly timer: NodeJS.Timeout;

  constructor(seats: readonly Seat[]) {
    this.timer = setInterval(() => {
      const done = this.submit(seats[this.requests++ % seats.length]!).finally(() => this.underway.delete(done));
      this.underway.add(done);
    }, 1_000 / PER_SECOND);
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await Promise.all(this.underway);
  }

  private async submit({ url, roomId, token }: Seat): Promise<void> {
    const began = performance.now();
    const status = await call(url, 'POST', `/rooms/${roomId}/submissions`, token, submission('print(')).then(
      (answer) => answer.status,
      () => 0,
    );
    const took = Math.round(performance.now() - began);
    this.slowestMs = Math.max(this.slowestMs, took);
    if (status !== 202) this.failed += 1;
    if (took > SLOW_MS) this.slow += 1;
  }
}

/** The people of a process that is killed are seen to be away by those at the other. */
async function died(server: ChildServer, seats: readonly Seat[], survivor: string): Promise<boolean> {
  const left = seats.filter(({ url }) => url === survivor);
  const away = new Set<string>();
  for (const { socket, userId } of left)
    socket.on('presence', (one: { userId: string; state: string; roomId: string }) => {
      if (one.userId !== userId && one.state === 'away') away.add(one.roomId);
    });
  const killedAt = performance.now();
  await server.stop('SIGKILL');
  await eventually('all are away', () => away.size === left.length, { patienceMs: 25_000 }).catch(() => undefined);
  const seconds = Number(((performance.now() - killedAt) / 1000).toFixed(1));
  const found = { opponents: left.length, seenAway: away.size, seconds };
  console.log(JSON.stringify({ redis: 'a process killed: its people', ...found }));
  return away.size === left.length;
}
