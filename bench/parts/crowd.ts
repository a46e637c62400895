import type { WatchPlan } from '../children/watchers';
import { startPair } from '../support/pair';
import { call, lobbies } from '../support/people';
import { startHelper } from '../support/processes';
import type { Report } from '../support/report';
import { inParallel, now, percentile } from '../support/statistics';
import { evenly, watching } from './events';

const HOLDERS = 4;
const HEARD = 200;
const PER_SECOND = 100;

/** Many sockets in two processes, the two players of a room at different ones: what they cost, and whether events still arrive. */
export async function crowd(report: Report, smoke: boolean): Promise<void> {
  const count = smoke ? 500 : 10_000;
  const seconds = smoke ? 2 : 10;
  const pair = await startPair();
  const urls = pair.servers.map(({ url }) => url);
  const rooms = await lobbies(urls[0]!, count / 2);
  const heard = rooms.slice(0, HEARD);
  const plans = [0, 1].flatMap((seat) =>
    Array.from({ length: HOLDERS / 2 }, (_, part): WatchPlan => {
      const mine = rooms.filter(
        (room, index) => index % (HOLDERS / 2) === part && !(seat === 1 && heard.includes(room)),
      );
      return { url: urls[seat]!, seats: mine.map(({ roomId, players }) => ({ token: players[seat]!.token, roomId })) };
    }),
  );
  const helpers = plans.map(() => startHelper<WatchPlan, { watching: number }>('children/watchers.ts'));
  const began = now();
  const held = await inParallel(helpers, HOLDERS, (helper, index) => helper.ask(plans[index]!));
  const takenMs: number[] = [];
  const sockets = await inParallel(heard, 16, ({ roomId, players }) =>
    watching(urls[1]!, players[1].token, roomId, (event) => takenMs.push(now() - Date.parse(event.at))),
  );
  const openedIn = (now() - began) / 1000;
  const watchingNow = held.reduce((sum, one) => sum + one.watching, sockets.length);
  report.add({
    ...{ part: 'crowd', what: 'sockets that watch, in two processes', unit: '', value: watchingNow },
    ...{ goal: { least: count }, note: `opened within ${openedIn.toFixed(1)} s` },
  });

  const cpu = await Promise.all(pair.servers.map((one) => one.cpuMs()));
  const quietFrom = now();
  await new Promise((resume) => setTimeout(resume, seconds * 1000));
  const quietMs = now() - quietFrom;
  const used = await Promise.all(pair.servers.map(async (one, index) => (await one.cpuMs()) - cpu[index]!));
  const share = (100 * Math.max(...used)) / quietMs;
  report.add({ part: 'crowd', what: 'a processor while nothing happens, the busier process', unit: '%', value: share });

  let turn = 0;
  await evenly(PER_SECOND, seconds, () => {
    const { roomId, players } = heard[turn % HEARD]!;
    const ready = Math.floor(turn++ / HEARD) % 2 === 0;
    return call(urls[0]!, 'POST', `/rooms/${roomId}/ready`, players[0].token, { ready });
  });
  for (const quantile of [0.5, 0.99]) {
    const what = `under lock -> other process, p${quantile * 100} at ${PER_SECOND}/s`;
    report.add({
      part: 'crowd',
      what,
      unit: 'ms',
      value: percentile(takenMs, quantile),
      note: `${takenMs.length} events`,
    });
  }
  for (const socket of sockets) socket.disconnect();
  for (const helper of helpers) helper.end();
  await pair.stop();
}
