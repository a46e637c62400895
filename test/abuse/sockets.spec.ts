import { Connections } from '../../src/realtime/connections';
import { RawSocket } from '../support/raw-socket';
import { ask, type ClientSocket, type Player } from '../support/player';
import { eventually } from '../support/eventually';
import { openFor } from '../support/rooms';
import { startServer, type TestServer } from '../support/server';

let server: TestServer;
let ann: Player;
let ben: Player;
let room: { id: string };
/** Somebody who does nothing wrong: whatever the others do, he goes on. */
let honest: ClientSocket;
beforeAll(async () => {
  server = await startServer();
  [ann, ben] = [await server.guest('Ann'), await server.guest('Ben')];
  room = await openFor(ann, ben);
  honest = (await ben.watch(room.id)).socket;
}, 60_000);
afterAll(() => server.close());
afterEach(async () => {
  expect(await ask(honest, 'clock:ping', {})).toMatchObject({ ok: true });
  expect(honest.connected).toBe(true);
});

const NESTED = `${'['.repeat(6_000)}${']'.repeat(6_000)}`;

describe('a handshake', () => {
  it.each<[string, unknown]>([
    ['nothing', {}],
    ['garbage', { token: 'garbage' }],
    ['a token that is a number', { token: 7 }],
    ['a token that is a list', { token: ['a'] }],
    ['a token that is null', { token: null }],
    ['a token that is an object', { token: { toString: 'x' } }],
    ['a prototype', JSON.parse('{"__proto__":{"token":"x","isAdmin":true}}')],
    ['10 kB', { token: 'a'.repeat(10_000) }],
  ])('with %s is refused with its code', async (_, auth) => {
    const socket = ann.connect(auth as object, { reconnection: false });
    const error = await new Promise<Error & { data?: unknown }>((resolve) => socket.once('connect_error', resolve));
    expect(error.data).toEqual({ code: 'auth.required' });
    expect(socket.connected).toBe(false);
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
  });

  it('without a word about who it is gets the same refusal', async () => {
    const raw = (await RawSocket.open(server.url)).send('40');
    const answer = await raw.until((frame) => frame.startsWith('44'));
    expect(JSON.parse(answer.slice(2))).toMatchObject({ data: { code: 'auth.required' } });
    raw.end();
  });

  it.each([
    ['no object', '407'],
    ['a text', '40"x"'],
    ['a list', '40[1]'],
    ['null', '40null'],
    ['a token of 1 MB', `40{"token":"${'a'.repeat(1_000_000)}"}`],
  ])('with %s is cut off', async (_, frame) => {
    const raw = (await RawSocket.open(server.url)).send(frame);
    await raw.closed();
    expect(raw.frames.some((heard) => heard.startsWith('40'))).toBe(false);
  });

  it('that never comes is waited for a few seconds only', async () => {
    const raws = await Promise.all(Array.from({ length: 20 }, () => RawSocket.open(server.url)));
    await Promise.all(raws.map((raw) => raw.closed()));
  });

  it.each([
    ['another transport', 'EIO=4&transport=webtransport'],
    ['a session that is a prototype', 'EIO=4&transport=websocket&sid=__proto__'],
    ['a session that is a constructor', 'EIO=4&transport=websocket&sid=constructor'],
    ['a session that is none', 'EIO=4&transport=websocket&sid=1'],
  ])('with %s is refused', async (_, query) => expect(await RawSocket.refusal(server.url, query)).toBe(400));

  it('of an old protocol is cut off', async () => {
    await (await RawSocket.open(server.url, 'EIO=3&transport=websocket')).closed();
  });

  it('with far too many headers is refused', async () => {
    const headers = Object.fromEntries(Array.from({ length: 3_000 }, (_, n) => [`x-${n}`, 'a'.repeat(20)]));
    expect([400, 431]).toContain(await RawSocket.refusal(server.url, 'EIO=4&transport=websocket', headers));
  });

  it('by polling is refused', async () => {
    for (const method of ['GET', 'POST'])
      expect((await fetch(`${server.url}/ws/?EIO=4&transport=polling`, { method })).status).toBe(400);
  });

  it.each(['40/admin,', '40/__proto__,', '40/,'])('in the namespace of %s lets nobody in', async (frame) => {
    const raw = (await RawSocket.open(server.url)).send(frame);
    await raw.until((heard) => heard.startsWith('44'));
    raw.end();
  });

  it('in a namespace of 60 kB is cut off', async () => {
    await (await RawSocket.open(server.url)).send(`40/${'a'.repeat(60_000)},`).closed();
  });
});

describe('a request', () => {
  let socket: ClientSocket;
  beforeAll(() => {
    socket = ann.connect();
  });
  const sent = async (name: string, ...args: unknown[]) =>
    (await socket.timeout(5_000).emitWithAck(name as 'room:watch', ...(args as [never]))) as {
      ok: boolean;
      error: object;
    };
  const MALFORMED = { ok: false, error: { code: 'request.malformed' } };

  it.each(['room:watch', 'room:unwatch', 'session:renew'])('%s without the right shape is told so', async (name) => {
    for (const body of [null, 'x', 1, [], true, {}, { roomId: 1 }, { token: [] }, JSON.parse('{"__proto__":{}}')])
      expect({ body, answer: await sent(name, body) }).toMatchObject({ body, answer: MALFORMED });
    expect(await sent(name)).toMatchObject(MALFORMED);
    expect(await sent(name, {}, {}, {})).toMatchObject(MALFORMED);
    expect(socket.connected).toBe(true);
  });

  it('with a field too many is told so, and never gets it back', async () => {
    const answer = await sent('room:watch', { roomId: room.id, secret: 'marker-7391' });
    expect(answer).toMatchObject(MALFORMED);
    expect(JSON.stringify(answer)).not.toContain('marker-7391');
  });

  it('of no name we know is told so, whatever it looks like', async () => {
    for (const name of [
      'nosuch',
      '__proto__',
      'constructor',
      'toString',
      '',
      'room:event',
      'error',
      'submission:progress',
    ])
      expect({ name, answer: await sent(name, { roomId: room.id }) }).toMatchObject({ name, answer: MALFORMED });
  });

  it('for a room that is not one’s own or not there is told the same', async () => {
    const [cat, dan] = [await server.guest('Cat'), await server.guest('Dan')];
    const foreign = await openFor(cat, dan);
    for (const roomId of [foreign.id, 'room_1', `room_${'0'.repeat(60)}`])
      expect(await sent('room:watch', { roomId })).toEqual({
        ok: false,
        error: { code: 'room.not-found', message: 'There is no such room.' },
      });
    for (const roomId of ['room:1', '__proto__', '*', '../1', 1e9, socket.id, 'room_\u0000', `room_${'a'.repeat(500)}`])
      expect(await sent('room:watch', { roomId })).toMatchObject(MALFORMED);
  });

  it('what only a server says is not passed on to anybody', async () => {
    const [annSees, benSees] = [await ann.watch(room.id), await ben.watch(room.id)];
    const before = benSees.events.length;
    for (const name of ['room:event', 'presence', 'session:ended', 'trial:done', 'server:restarting'])
      await annSees.socket
        .timeout(5_000)
        .emitWithAck(name as 'room:watch', { roomId: room.id, seq: 99, type: 'contest.ended' } as never);
    await ben.post(`/rooms/${room.id}/ready`, { ready: true });
    await benSees.until('player.ready');
    expect(benSees.events.length).toBe(before + 1);
    expect(
      benSees.notices.map(({ name }) => name).filter((name) => name !== 'room:seq' && name !== 'presence'),
    ).toEqual([]);
  });
});

describe('frames that no client would send', () => {
  it.each<[string, (string | Buffer)[]]>([
    ['text', ['hello']],
    ['nothing', ['']],
    ['an unknown kind', ['9']],
    ['half a packet', ['42["a"']],
    ['an object for an event', ['42{"a":1}']],
    ['no event', ['42[]']],
    ['bytes', [Buffer.from([1, 2, 3])]],
    ['a ping', ['2']],
    ['reserved names', ['42["connect"]', '42["disconnect"]', '42["disconnecting"]', '42["newListener","a"]']],
    ['the name error', ['42["error","x"]']],
    ['names that are no texts', ['42[1,2]', '42[null]', '42[{"a":1}]', '42[[[]]]']],
    ['attachments announced', ['4511-["x"]', '451000-["x"]', '45999999999-["x"]']],
    ['an attachment that never comes', ['451-["room:watch",{"_placeholder":true,"num":0}]']],
    ['an attachment for another place', ['451-["room:watch",{"_placeholder":true,"num":9}]', Buffer.from([0])]],
    ['acks of nothing', ['430[]', '43999999[{}]', '43["x"]']],
    ['a request without an ack', [`42["room:watch",{"roomId":"room_1"}]`, '42["clock:ping",{}]', '42["nosuch"]']],
    ['a request with bytes in it', ['451-0["room:watch",{"roomId":{"_placeholder":true,"num":0}}]', Buffer.from([0])]],
    ['depth', [`420["room:watch",${NESTED}]`]],
    ['connecting twice', ['40{"token":"x"}']],
    ['many at once', Array.from({ length: 1_000 }, () => '42["nosuch"]')],
  ])('%s harm nobody else', async (_, frames) => {
    const raw = await RawSocket.connect(server.url, ann.token);
    raw.send(...frames).send('427["clock:ping",{}]');
    await eventually('an answer, or the end', () => !raw.isOpen || raw.frames.some((frame) => frame.startsWith('437')));
    raw.end();
  });

  it('of 17 KiB close the one socket that sent them', async () => {
    const [raw, other] = [
      await RawSocket.connect(server.url, ann.token),
      await RawSocket.connect(server.url, ann.token),
    ];
    raw.send(`420["room:watch","${'a'.repeat(17 * 1024)}"]`);
    await raw.closed();
    expect(await other.send('421["clock:ping",{}]').until((frame) => frame.startsWith('431'))).toContain('"ok":true');
    other.end();
  });
});

describe('a client who does not read', () => {
  it('is cut off, and others hear everything', async () => {
    const raw = await RawSocket.connect(server.url, ann.token);
    const benSees = await ben.watch(room.id);
    const connections = server.app.get(Connections);
    const before = connections.size;
    const stream = (raw.ws as unknown as { _socket: { pause(): void; resume(): void } })._socket;
    stream.pause();
    const trial = { filler: 'x'.repeat(10_000) };
    for (let n = 0; n < 3_000; n++) server.world.bus.tell(ann.id as `user_${string}`, { name: 'trial:done', trial });
    await ann.post(`/rooms/${room.id}/ready`, { ready: true });
    await benSees.until((event) => event.type === 'player.ready' && event.data.userId === ann.id);
    await eventually('it is cut off', () => connections.size < before);
    stream.resume();
    await raw.closed();
    expect(raw.frames.length).toBeLessThan(3_000);
  });
});
