import { setTimeout as pause } from 'node:timers/promises';
import { REFUSALS } from '../../src/contract/refusals';
import { NOTICES } from '../../src/contract/socket';
import { RawSocket } from '../support/raw-socket';
import { Cast } from './cast';
import type { Plan } from './http';
import { killer, packet } from './packets';
import { Random } from './random';
import type { Report } from './report';

const WORKERS = 12;
/** Bursts before everybody is another; by then some sessions have ended, and some rooms. */
const CAST_LASTS = 400;
const LONGEST_BURST = 24;
const PATIENCE_MS = 20_000;
/** Whoever is sent half a frame waits for the rest; so long it is watched. */
const BROKEN_PATIENCE_MS = 20;

/** Sends frames over sockets, decent ones and others, and sees that each burst is answered or its socket closed. */
export async function fuzzFrames(plan: Plan, report: Report): Promise<void> {
  await Promise.all(Array.from({ length: WORKERS }, (_, worker) => work(worker, plan, report)));
}

async function work(worker: number, { url, seed, until, admin }: Plan, report: Report): Promise<void> {
  for (let round = 0; !until(); round += 1) {
    const cast = await Cast.gather(url, worker, await admin());
    let socket = null as RawSocket | null;
    for (let n = 0; n < CAST_LASTS && !until(); n += 1) {
      const random = Random.of(seed, worker, round, n);
      const at = { seed, worker, round, n };
      try {
        socket = socket?.isOpen ? socket : await open(url, random, cast, report);
        if (socket !== null) await burst(socket, random, cast, report, at);
      } catch (error) {
        report.fail(String(error), at);
        socket?.end();
      }
    }
    socket?.end();
  }
}

/** Comes in decently, most of the time. */
async function open(url: string, random: Random, cast: Cast, report: Report): Promise<RawSocket | null> {
  if (random.chance(0.9)) return RawSocket.connect(url, random.pick(cast.people).token);
  const query = random.pick(QUERIES);
  const status = await RawSocket.refusal(url, query);
  report.count('handshake', status);
  if (status !== 101) return null;
  const raw = await RawSocket.open(url, query);
  const first = killer(random, cast);
  await write(raw, first, 'before it is known', report);
  raw.end();
  return null;
}
const QUERIES = [
  ...['EIO=4&transport=websocket', 'EIO=3&transport=websocket', 'EIO=2&transport=websocket', 'EIO=4&transport=polling'],
  ...['EIO=4', 'transport=websocket', 'EIO=4&transport=websocket&sid=__proto__', 'EIO=4&transport=websocket&b64=1'],
  ...[
    'EIO=4&EIO=3&transport=websocket',
    'EIO=4&transport=websocket&sid=x&sid=y',
    'EIO=__proto__&transport=constructor',
  ],
];

/** Frames that leave the socket open, and a question of which the answer tells that all were taken; or, at last, one that does not. */
async function burst(socket: RawSocket, random: Random, cast: Cast, report: Report, at: object): Promise<void> {
  const packets = Array.from({ length: 1 + random.below(LONGEST_BURST) }, () => packet(random, cast));
  socket.frames.length = 0;
  for (const { kind, frames } of packets) {
    socket.send(...frames);
    for (const _ of frames) report.count(kind, 'sent');
  }
  socket.send('42999999["clock:ping",{}]');
  report.count('clock:ping', 'sent');
  const answered = () => socket.frames.some((frame) => frame.startsWith('43999999'));
  const deadline = AbortSignal.timeout(PATIENCE_MS);
  while (socket.isOpen && !answered()) {
    if (deadline.aborted) throw new Error(`Neither an answer nor an end: ${JSON.stringify(packets).slice(0, 3_000)}`);
    await socket.until((frame) => frame.startsWith('43999999')).catch(() => undefined);
  }
  if (!answered()) report.count('bursts', 'socket closed');
  for (const frame of socket.frames) {
    const wrong = wrongWith(frame);
    if (wrong !== null) report.fail(wrong, { ...at, frame, packets: JSON.stringify(packets).slice(0, 3_000) });
  }
  if (!socket.isOpen || !random.chance(0.3)) return;
  await write(socket, killer(random, cast), 'killer', report);
  socket.end();
}

/** A frame after which nothing is owed: as a message, or as bytes that are no frame. */
async function write(socket: RawSocket, { kind, frames }: ReturnType<typeof killer>, when: string, report: Report) {
  for (const frame of frames) {
    if (!socket.isOpen) return;
    if (kind === 'bytes') socket.sendBytes(frame as Buffer);
    else socket.send(frame);
    report.count(`${when}: ${kind}`, 'sent');
  }
  await Promise.race([socket.closed(), pause(BROKEN_PATIENCE_MS)]);
}

/** What is wrong with a frame the server has sent; null: nothing. */
function wrongWith(frame: string): string | null {
  if (frame.startsWith('43')) {
    const [answer, ...more] = JSON.parse(frame.slice(frame.indexOf('['))) as {
      ok: boolean;
      error?: { code: string };
    }[];
    if (more.length > 0) return 'An answer of several parts';
    if (answer!.ok) return null;
    const { code } = answer!.error!;
    return Object.hasOwn(REFUSALS, code) && code !== 'server.fault' ? null : `It is answered with ${code}`;
  }
  if (!frame.startsWith('42')) return null;
  const [name] = JSON.parse(frame.slice(2)) as [string];
  return Object.hasOwn(NOTICES, name) ? null : `The server says ${name}, which it never says`;
}
