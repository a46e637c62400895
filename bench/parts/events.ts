import { io, type Socket } from 'socket.io-client';
import { call, lobbies, type Duel } from '../support/people';
import { startBare, startJoust } from '../support/processes';
import type { Report } from '../support/report';
import { inParallel, now, percentile } from '../support/statistics';

const ROOMS = 200;
const PER_SECOND = 200;

/**
 * How long an event takes from its moment, read under the room's lock, to the opponent's socket. Its
 * commit lies within, so this is more than commit to event. Players get ready and unready: one event each.
 */
export async function events(report: Report, smoke: boolean): Promise<void> {
  const seconds = smoke ? 2 : 10;
  const joust = await startJoust();
  const rooms = await lobbies(joust.url, ROOMS);
  const takenMs: number[] = [];
  const sentAt = new Map<string, number>();
  const sinceSentMs: number[] = [];
  const sockets = await inParallel(rooms, 16, ({ roomId, players }) =>
    watching(joust.url, players[1].token, roomId, (event) => {
      takenMs.push(now() - Date.parse(event.at));
      sinceSentMs.push(now() - sentAt.get(roomId)!);
    }),
  );
  let turn = 0;
  await evenly(PER_SECOND, seconds, async () => {
    const { roomId, players } = rooms[turn % ROOMS]!;
    const ready = Math.floor(turn++ / ROOMS) % 2 === 0;
    sentAt.set(roomId, now());
    await call(joust.url, 'POST', `/rooms/${roomId}/ready`, players[0].token, { ready });
  });
  for (const socket of sockets) socket.disconnect();
  await joust.stop();
  const bareMs = await bareEvents(rooms, seconds);

  const what = `at ${PER_SECOND}/s over ${ROOMS} rooms`;
  const measured = { part: 'events', unit: 'ms' };
  for (const [share, most] of [
    [0.5, 5],
    [0.99, 25],
  ] as const) {
    const value = percentile(takenMs, share);
    const bare = percentile(bareMs, share);
    report.add({ ...measured, what: `under lock -> opponent, p${share * 100} ${what}`, value, bare, goal: { most } });
  }
  const value = percentile(sinceSentMs, 0.5);
  report.add({ ...measured, what: 'request sent -> opponent, p50', value, note: `${takenMs.length} events` });
}

/** The same packets from a plain Socket.IO server that only sends them. */
async function bareEvents(rooms: readonly Duel[], seconds: number): Promise<number[]> {
  const bare = await startBare('children/bare-sockets.ts');
  const takenMs: number[] = [];
  const sockets = await inParallel(rooms, 16, ({ roomId }) =>
    watching(bare.url, 'bare', roomId, (event) => takenMs.push(now() - Date.parse(event.at))),
  );
  let turn = 0;
  await evenly(PER_SECOND, seconds, () => sockets[turn++ % ROOMS]!.emit('bare:event'));
  await new Promise((resume) => setTimeout(resume, 200));
  for (const socket of sockets) socket.disconnect();
  await bare.stop();
  return takenMs;
}

export async function watching(
  url: string,
  token: string,
  roomId: string,
  hear: (event: { at: string; type: string; data: Record<string, unknown> }) => void = () => undefined,
): Promise<Socket> {
  const socket = io(url, { path: '/ws', transports: ['websocket'], forceNew: true, auth: { token } });
  socket.on('room:event', hear);
  const { ok } = await socket.timeout(30_000).emitWithAck('room:watch', { roomId });
  if (ok !== true) throw new Error('Watching was refused');
  return socket;
}

export async function evenly(rate: number, seconds: number, act: () => unknown): Promise<void> {
  const began = now();
  const underway: unknown[] = [];
  for (let count = 0; count < rate * seconds; count++) {
    const wait = began + (count * 1000) / rate - now();
    if (wait > 0) await new Promise((resume) => setTimeout(resume, wait));
    underway.push(act());
  }
  await Promise.all(underway);
}
