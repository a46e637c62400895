import type { Socket } from 'socket.io-client';
import type { ReceivePlan } from '../children/receivers';
import { startPair, type Pair } from '../support/pair';
import { call, lobbies, type Duel } from '../support/people';
import { startBare, startHelper, type Measured } from '../support/processes';
import type { Report } from '../support/report';
import { inParallel, now, percentile } from '../support/statistics';
import { evenly, watching } from './events';

const ROOMS = 250;
const PER_SECOND = 500;
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
      ...{ part: 'fanout', what: `under lock -> other process, p${share * 100} ${what}`, unit: 'ms', value, bare: plain },
      ...{ goal: { most }, note: `${takenMs.length} events; the commit lies within` },
    });
  }
  const times = smoke ? 20 : 200;
  const own = await deliveries(pair.servers[1], rooms, times, (deep) => publish(pair, rooms, times, deep));
  const plain = await deliveries(bare[0], rooms, times, (flood) => flood());
  report.add({
    ...{ part: 'fanout', what: 'deliveries per second of processor time, one process', unit: '/s' },
    ...{ value: own, bare: plain, judged: own / plain, goal: { least: 0.8 } },
    note: 'of the Node process: from Redis to two sockets a room, beside local emits of plain Socket.IO',
  });
  await Promise.all(bare.map((one) => one.stop()));
  await pair.stop();
}
