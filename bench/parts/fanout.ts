import { io } from 'socket.io-client';
import type { ReceivePlan } from '../children/receivers';
import { startPair, type Pair } from '../support/pair';
import { call, lobbies, type Duel } from '../support/people';
import { startBare, startHelper, type Measured } from '../support/processes';
import type { Report } from '../support/report';
import { inParallel, now, percentile } from '../support/statistics';
import { evenly, watching } from './events';

const ROOMS = 250;
const PER_SECOND = 500;
const RECEIVERS = 2;
const RELAY = 'children/bare-relay.ts';

/** How events get from one process to the sockets of another, through Redis, and what sending them on costs. */
export async function fanout(report: Report, smoke: boolean): Promise<void> {
  const pair = await startPair();
  process.env['BENCH_REDIS'] = pair.redis.url;
  const bare = [await startBare(RELAY), await startBare(RELAY)] as const;
  const rooms = await lobbies(pair.servers[0].url, ROOMS);
  const seconds = smoke ? 2 : 10;
  const takenMs = await acrossMs(pair, rooms, seconds);
  const bareMs = await bareAcrossMs(bare, rooms, seconds);
  const what = `at ${PER_SECOND}/s over ${ROOMS} rooms`;
  for (const [share, most] of [
    [0.5, 8],
    [0.99, 40],
  ] as const) {
    const [value, plain] = [percentile(takenMs, share), percentile(bareMs, share)];
    report.add({
      ...{
        part: 'fanout',
        what: `under lock -> other process, p${share * 100} ${what}`,
        unit: 'ms',
        value,
        bare: plain,
      },
      ...{ goal: { most }, note: `${takenMs.length} events; the commit lies within` },
    });
  }
  const times = smoke ? 50 : 200;
  const [own, plain] = [await ownDeliveries(pair, rooms, times), await bareDeliveries(bare[0], rooms, times)];
  report.add({
    ...{ part: 'fanout', what: 'deliveries per second of processor time, one process', unit: '/s' },
    ...{ value: own, bare: plain, judged: own / plain, goal: { least: 0.8 } },
    note: 'of the Node process: from Redis to two sockets a room, beside local emits of plain Socket.IO',
  });
  await Promise.all(bare.map((one) => one.stop()));
  await pair.stop();
}

/** Players get ready and unready, half of them at each process, and their opponents hear of it at the other. */
async function acrossMs({ servers }: Pair, rooms: readonly Duel[], seconds: number): Promise<number[]> {
  const takenMs: number[] = [];
  const at = (index: number) => servers[index % 2]!.url;
  const sockets = await inParallel(rooms, 16, ({ roomId, players }, index) =>
    watching(at(index + 1), players[1].token, roomId, (event) => takenMs.push(now() - Date.parse(event.at))),
  );
  let turn = 0;
  await evenly(PER_SECOND, seconds, () => {
    const index = turn % ROOMS;
    const ready = Math.floor(turn++ / ROOMS) % 2 === 0;
    const { roomId, players } = rooms[index]!;
    return call(at(index), 'POST', `/rooms/${roomId}/ready`, players[0].token, { ready });
  });
  for (const socket of sockets) socket.disconnect();
  return takenMs;
}

/** The same way by plain means: a socket, Redis, a socket. */
async function bareAcrossMs(
  servers: readonly [Measured, Measured],
  rooms: readonly Duel[],
  seconds: number,
): Promise<number[]> {
  const takenMs: number[] = [];
  const speakers = servers.map(({ url }) => connect(url));
  const listeners = await inParallel(rooms, 16, ({ roomId }, index) =>
    watching(servers[(index + 1) % 2]!.url, 'bare', roomId, (event) => takenMs.push(now() - Date.parse(event.at))),
  );
  let turn = 0;
  await evenly(PER_SECOND, seconds, () => {
    const index = turn++ % ROOMS;
    speakers[index % 2]!.emit('bare:event', rooms[index]!.roomId);
  });
  await new Promise((resume) => setTimeout(resume, 200));
  for (const socket of [...speakers, ...listeners]) socket.disconnect();
  return takenMs;
}

const connect = (url: string) => io(url, { path: '/ws', transports: ['websocket'], forceNew: true });

/** Events as another process would publish them, as fast as Redis takes them. */
function ownDeliveries({ servers, redis }: Pair, rooms: readonly Duel[], times: number): Promise<number> {
  const next = new Map<string, number>();
  return redis.ask((client) =>
    deliveries(servers[1], rooms, times, async (rounds) => {
      for (const { roomId, players } of next.size === 0 ? rooms : []) {
        const { body } = await call(servers[1].url, 'GET', `/rooms/${roomId}`, players[0].token);
        next.set(roomId, Number(body.seq) + 1);
      }
      for (let round = 0; round < rounds; round += 1) {
        const some = client.pipeline();
        for (const [roomId, seq] of next) {
          const body = { roomId, seq, at: Date.now(), type: 'announcement.posted', data: { text: 'Ten minutes left' } };
          some.publish(`room:${roomId}`, JSON.stringify({ from: 'bench', body }));
          next.set(roomId, seq + 1);
        }
        await some.exec();
      }
    }),
  );
}

async function bareDeliveries(server: Measured, rooms: readonly Duel[], times: number): Promise<number> {
  const control = connect(server.url);
  const ids = rooms.map(({ roomId }) => roomId);
  const value = await deliveries(server, rooms, times, (rounds) => void control.emit('bare:flood', ids, rounds));
  control.disconnect();
  return value;
}

/** How many events a second of processor time brings to sockets, both players of every room. */
async function deliveries(
  server: Measured,
  rooms: readonly Duel[],
  times: number,
  flood: (rounds: number) => unknown,
): Promise<number> {
  const seats = rooms.flatMap(({ roomId, players }) => players.map(({ token }) => ({ token, roomId })));
  const helpers = Array.from({ length: RECEIVERS }, () => startHelper<ReceivePlan, object>('children/receivers.ts'));
  const mine = (part: number) => seats.filter((_, index) => index % RECEIVERS === part);
  await inParallel(helpers, RECEIVERS, (helper, part) => helper.ask({ url: server.url, seats: mine(part) }));
  const all = async (rounds: number, expect: number) => {
    const arrived = helpers.map((helper, part) => helper.ask({ expect: expect * mine(part).length }));
    await Promise.all([flood(rounds), ...arrived]);
  };
  const warming = Math.ceil(times / 4);
  await all(warming, warming);
  const before = await server.cpuMs();
  await all(times, warming + times);
  const cpuMs = (await server.cpuMs()) - before;
  for (const helper of helpers) helper.end();
  return (seats.length * times) / (cpuMs / 1000);
}
