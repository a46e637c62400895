import { REQUESTS, type RequestName } from '../../../src/contract/socket';
import { eventually } from '../../support/eventually';
import type { ClientSocket, Player } from '../../support/player';
import { RawSocket } from '../../support/raw-socket';
import { expectDone, openFor, roomOf } from '../../support/rooms';
import type { Cases, Stage } from '../case';

const MALFORMED = { ok: false, error: { code: 'request.malformed' } };
const NAMES = Object.keys(REQUESTS) as RequestName[];
const NESTED = `${'['.repeat(6_000)}${']'.repeat(6_000)}`;

/** Anything, under any name; what came back. */
const sent = async (socket: ClientSocket, name: string, ...args: unknown[]) =>
  (await socket.timeout(5_000).emitWithAck(name as 'room:watch', ...(args as [never]))) as { ok: boolean };

/** Frames that may cost the socket that sent them, which else goes on. */
async function survived(stage: Stage, ...frames: (string | Buffer)[]): Promise<void> {
  const { token } = await stage.guest('Ann');
  for (const batch of [...frames.map((frame) => [frame]), frames]) {
    const raw = (await RawSocket.connect(stage.url, token)).send(...batch).send('427["clock:ping",{}]');
    const answered = () => raw.frames.some((frame) => frame.startsWith('437'));
    await eventually('an answer, or the end', () => !raw.isOpen || answered());
    raw.end();
  }
}

async function pair(stage: Stage): Promise<[Player, Player, { readonly id: string }]> {
  const [ann, ben] = [await stage.guest('Ann'), await stage.guest('Ben')];
  return [ann, ben, await openFor(ann, ben)];
}

export const FRAMES: Cases = {
  'WSFR-01': (stage) =>
    survived(
      stage,
      ...['hello', '', '9', '4', '42["a"', '42{"a":1}', '42[]', '2', '40{"token":"x"}', '430[]', '43"x"'],
      Buffer.from([1, 2, 3]),
    ),
  'WSFR-02': (stage) =>
    survived(
      stage,
      ...['42["connect"]', '42["disconnect"]', '42["disconnecting"]', '42["error","x"]', '42["newListener","a"]'],
    ),
  'WSFR-03': (stage) => survived(stage, '42[1,2]', '42[null]', '42[{"a":1}]', '42[[[]]]', '42[true]'),
  'WSFR-04': async (stage) => {
    const announced = ['4511-["x"]', '451000-["x"]', '45999999999-["x"]', '451-["x",{"_placeholder":true,"num":0}]'];
    await survived(stage, ...announced);
    const { token } = await stage.guest('Ann');
    const before = stage.memory();
    for (let n = 0; n < 1_000; n += 1) {
      const raw = (await RawSocket.connect(stage.url, token)).send(announced[n % announced.length]!);
      if (n % 4 !== 3) await raw.closed();
      raw.end();
    }
    // A thousand connections cost something by themselves; a thousand times what was announced would cost far more.
    expect(stage.memory() - before).toBeLessThan(100);
  },
  'WSFR-06': (stage) =>
    survived(stage, ...NAMES.map((name) => `421["${name}",${NESTED}]`), `421[${NESTED}]`, `421["x",{"a":${NESTED}}]`),
  'WSFR-07': (stage) => survived(stage, ...NAMES.map((name) => `42["${name}",{"roomId":"room_1"}]`), '42["nosuch"]'),
  'WSFR-08': async (stage) => {
    const socket = (await stage.guest('Ann')).connect();
    for (const name of NAMES) {
      for (const body of [null, 'marker-7391', 1, [], true, { secret: 'marker-7391' }, { roomId: 1, token: [] }]) {
        const answer = await sent(socket, name, body);
        expect({ name, body, answer }).toMatchObject({ name, body, answer: MALFORMED });
        expect(JSON.stringify(answer)).not.toContain('marker-7391');
      }
      if (name !== 'clock:ping') expect(await sent(socket, name)).toMatchObject(MALFORMED);
      expect(await sent(socket, name, {}, {}, {})).toMatchObject(name === 'clock:ping' ? {} : MALFORMED);
    }
    expect(socket.connected).toBe(true);
  },
  'WSFR-09': async (stage) => {
    const { token } = await stage.guest('Ann');
    const [raw, other] = [await RawSocket.connect(stage.url, token), await RawSocket.connect(stage.url, token)];
    raw.send(`420["room:watch","${'a'.repeat(17 * 1024)}"]`);
    await raw.closed();
    expect(await other.send('421["clock:ping",{}]').until((frame) => frame.startsWith('431'))).toContain('"ok":true');
    other.end();
  },
  'WSFR-13': {
    heldBy: 'test/e2e/rate-limits.spec.ts',
    as: 'that ask too often are told so, and closed when they go on',
  },
  'WSFR-14': async (stage) => {
    const socket = (await stage.guest('Ann')).connect();
    for (const name of ['nosuch', '__proto__', 'constructor', 'toString', '', 'error'])
      expect({ name, answer: await sent(socket, name, {}) }).toMatchObject({ name, answer: MALFORMED });
    const many = await Promise.all(Array.from({ length: 1_000 }, () => sent(socket, 'nosuch', {})));
    expect(many.every(({ ok }) => !ok)).toBe(true);
  },
  'WSFR-15': async (stage) => {
    const [[cat, , room], eve] = [await pair(stage), await stage.guest('Eve')];
    const socket = eve.connect();
    const heard: string[] = [];
    socket.onAny((name: string) => heard.push(name));
    for (const roomId of [room.id, 'room_1', `room_${'0'.repeat(60)}`])
      expect(await sent(socket, 'room:watch', { roomId })).toEqual({
        ok: false,
        error: { code: 'room.not-found', message: 'There is no such room.' },
      });
    const sees = await cat.watch(room.id);
    await expectDone(cat.post(`/rooms/${room.id}/ready`, { ready: true }));
    await sees.until('player.ready');
    expect(await sent(socket, 'clock:ping', {})).toMatchObject({ ok: true });
    expect(heard).toEqual([]);
  },
  'WSFR-16': async (stage) => {
    const [ann, ben] = await pair(stage);
    const [socket, other] = [ann.connect(), ben.connect()];
    await sent(other, 'clock:ping', {});
    const ids = ['room:1', '__proto__', '*', '../1', 1e9, other.id, 'room_\u0000', `room_${'a'.repeat(500)}`, '', null];
    for (const roomId of ids) expect(await sent(socket, 'room:watch', { roomId })).toMatchObject(MALFORMED);
    expect(socket.connected).toBe(true);
  },
  'WSFR-17': async (stage) => {
    const [ann, ben, room] = await pair(stage);
    const [annSees, benSees] = [await ann.watch(room.id), await ben.watch(room.id)];
    const before = benSees.events.length;
    for (const name of ['room:event', 'presence', 'session:ended', 'trial:done', 'server:restarting', 'leaderboard'])
      await sent(annSees.socket, name, { roomId: room.id, seq: 99, type: 'contest.ended', solved: 99 });
    await expectDone(ben.post(`/rooms/${room.id}/ready`, { ready: true }));
    await benSees.until('player.ready');
    expect(benSees.events.length).toBe(before + 1);
    const said = new Set(benSees.notices.map(({ name }) => name));
    for (const name of ['session:ended', 'trial:done', 'server:restarting', 'leaderboard'])
      expect(said.has(name)).toBe(false);
    expect((await roomOf(ben, room.id)).endedAt).toBeNull();
  },
  'WSFR-18': {
    heldBy: 'test/e2e/expiry.spec.ts',
    as: 'is told in time, goes on without a gap when it renews, and is closed when it does not',
  },
  'WSFR-20': async (stage) => {
    const [ann, ben, room] = await pair(stage);
    const [annSees, benSees] = [await ann.watch(room.id, 0), await ben.watch(room.id, 0)];
    await expectDone(ann.post(`/rooms/${room.id}/kick`, { userId: ben.id }));
    await benSees.until('player.kicked');
    await expectDone(ann.post(`/rooms/${room.id}/ready`, { ready: true }));
    await annSees.until('player.ready');
    expect(benSees.types()).not.toContain('player.ready');
    expect(await sent(benSees.socket, 'room:watch', { roomId: room.id })).toMatchObject({
      error: { code: 'room.not-found' },
    });
  },
  'WSFR-21': { heldBy: 'test/abuse/slow-reader.spec.ts', as: 'is cut off, and others hear everything' },
  'WSFR-22': async (stage) => {
    const [ann, , { id }] = await pair(stage);
    for (const after of [10_000, Number.MAX_SAFE_INTEGER]) {
      const { answer } = await ann.watch(id, after);
      expect(answer).toMatchObject({ ok: true, seq: 3, snapshot: { id } });
    }
    const socket = ann.connect();
    for (const after of [-1, 2 ** 53, 1.5, '1', null, [], { seq: 1 }])
      expect(await sent(socket, 'room:watch', { roomId: id, after })).toMatchObject(MALFORMED);
    expect(socket.connected).toBe(true);
  },
};
