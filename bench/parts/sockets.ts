import type { WatchPlan } from '../children/watchers';
import { lobbies } from '../support/people';
import { startBare, startHelper, startJoust, type Measured } from '../support/processes';
import type { Report } from '../support/report';
import { inParallel } from '../support/statistics';

const HOLDERS = 2;

/** What an authenticated socket that watches a room costs in memory, two of them to a room, beside one of plain Socket.IO. */
export async function sockets(report: Report, smoke: boolean): Promise<void> {
  const count = smoke ? 500 : 5_000;
  const opening = await startJoust();
  const rooms = await lobbies(opening.url, count / 2);
  await opening.stop();
  // A process that has opened no rooms: what that needed and keeps for later would hide what sockets need.
  const joust = await startJoust({}, opening.dataDir);
  const seats = rooms.flatMap(({ roomId, players }) => players.map(({ token }) => ({ token, roomId })));
  const own = await memoryPerSocket(joust, seats);
  const plain = await memoryPerSocket(await startBare('children/bare-sockets.ts'), seats);
  const bytes = (of: 'before' | 'rss' | 'heapUsed', what: string) => {
    const [value, bare] = [own[of] / 1024, plain[of] / 1024];
    return { part: 'sockets', what: `${what}, ${count} sockets`, unit: 'KiB', value, bare };
  };
  const rss = bytes('rss', 'RSS per socket after a collection');
  report.add({ ...rss, judged: rss.value / rss.bare, goal: { most: 1.5 } });
  report.add(bytes('before', 'RSS per socket as it stands'));
  report.add(bytes('heapUsed', 'live heap per socket'));
}

async function memoryPerSocket(server: Measured, seats: WatchPlan['seats']) {
  const before = await server.memory();
  const helpers = Array.from({ length: HOLDERS }, () => startHelper<WatchPlan, object>('children/watchers.ts'));
  await inParallel(helpers, HOLDERS, (helper, part) =>
    helper.ask({ url: server.url, seats: seats.filter((_, index) => index % HOLDERS === part) }),
  );
  const after = await server.memory();
  for (const helper of helpers) helper.end();
  await server.stop();
  const per = (bytes: number) => bytes / seats.length;
  return {
    before: per(after.before - before.rss),
    rss: per(after.rss - before.rss),
    heapUsed: per(after.heapUsed - before.heapUsed),
  };
}
