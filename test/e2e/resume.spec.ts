import { fromWire } from '../../src/contract/wire';
import { MemoryRoomBus } from '../../src/adapters/embedded/memory.bus';
import type { RoomEvent } from '../../src/contract/events';
import { evolve, type Room } from '../../src/core/room';
import { roomFor } from '../../src/core/view';
import { Connections } from '../../src/realtime/connections';
import { eventually } from '../support/eventually';
import { ask, type Player, Watch, type WireEvent } from '../support/player';
import { expectDone, openFor, startFor, submission, SUM } from '../support/rooms';
import { startServer, type TestServer } from '../support/server';

/** A bus in bad weather: what it is given it loses, repeats, or hands on in another order. */
class BadBus extends MemoryRoomBus {
  weather: 'fair' | 'loses' | 'repeats' | 'reverses' = 'fair';
  private held: RoomEvent[] = [];

  override publish(event: RoomEvent): void {
    if (this.weather === 'loses') return;
    if (this.weather === 'reverses') {
      this.held.push(event);
      if (this.held.length < 3) return;
      for (const late of this.held.splice(0).reverse()) super.publish(late);
      return;
    }
    super.publish(event);
    if (this.weather === 'repeats') super.publish(event);
  }
}

const bus = new BadBus();
let server: TestServer;
let ann: Player;
let ben: Player;
beforeAll(async () => {
  server = await startServer({ change: (world) => ({ ...world, bus }) });
});
afterAll(() => server.close());
beforeEach(async () => {
  bus.weather = 'fair';
  [ann, ben] = [await server.guest('Ann'), await server.guest('Ben')];
});

const seqs = (events: readonly WireEvent[]) => events.map(({ seq }) => seq);
const upTo = (seq: number) => Array.from({ length: seq }, (_, index) => index + 1);
const toggle = (player: Player, roomId: string, ready: boolean) =>
  expectDone(player.post(`/rooms/${roomId}/ready`, { ready }));

describe('watching', () => {
  it('is a member’s, whatever stranger asks for the same room at the same moment', async () => {
    const room = await openFor(ann, ben);
    const stranger = (await server.guest('Cat')).connect();
    const member = ann.connect();
    const watch = (socket: typeof member) => ask(socket, 'room:watch', { roomId: room.id });
    await Promise.all([stranger, member].map((socket) => ask(socket, 'clock:ping', {})));
    for (let times = 0; times < 5; times += 1) {
      const [refused, answered] = await Promise.all([watch(stranger), watch(member)]);
      expect(refused).toMatchObject({ ok: false, error: { code: 'room.not-found' } });
      expect(answered).toMatchObject({ ok: true });
      await ask(member, 'room:unwatch', { roomId: room.id });
    }
  });
});

describe('coming back', () => {
  it('from any position gives exactly what is missing, over the socket and over HTTP', async () => {
    const room = await startFor(ann, ben);
    const sees = await ann.watch(room.id, 0);
    await ann.post(`/rooms/${room.id}/submissions`, submission('print(1)'));
    await ben.post(`/rooms/${room.id}/submissions`, submission(SUM));
    await sees.until((event) => event.type === 'submission.judged' && event.data.verdict === 'AC');
    await sees.until((event) => event.type === 'submission.judged' && event.data.verdict === 'WA');
    const { body } = await ann.get(`/rooms/${room.id}/events`);
    expect(seqs(body.events)).toEqual(upTo(body.seq));
    for (let after = 0; after <= body.seq; after++) {
      const { answer } = await ann.watch(room.id, after);
      expect(answer).toEqual({ ok: true, seq: body.seq, events: body.events.slice(after) });
      expect((await ann.get(`/rooms/${room.id}/events?after=${after}`)).body.events).toEqual(body.events.slice(after));
    }
  });

  it('with a snapshot and the events after it shows the room as a later snapshot does, at every position', async () => {
    const room = await openFor(ann, ben, { problems: ['a-plus-b'], spectators: true });
    const sees = await ben.watch(room.id, 0);
    const snapshots: { seq: number; room: unknown }[] = [];
    const look = async () => snapshots.push((await ben.get(`/rooms/${room.id}`)).body);
    await look();
    for (const player of [ann, ben]) await toggle(player, room.id, true).then(look);
    await expectDone(ann.post(`/rooms/${room.id}/start`)).then(look);
    await sees.until('contest.started').then(look);
    await ann.post(`/rooms/${room.id}/submissions`, submission('print(1)'));
    await look();
    await sees.until('submission.judged').then(look);
    await expectDone(ben.post(`/rooms/${room.id}/resign`));
    await sees.until('contest.finalized').then(look);
    const final = snapshots.at(-1)!;
    for (const { seq, room: from } of snapshots) {
      const start = { ...(fromWire(from) as object), seq, lastAt: 0, picked: [] } as unknown as Room;
      const events = sees.events
        .filter((event) => event.seq > seq)
        .map((event) => fromWire(event) as unknown as RoomEvent);
      expect(roomFor(events.reduce(evolve, start), 2)).toEqual(fromWire(final.room));
    }
  });

  it.each([
    ['the future', 10_000],
    ['the far future', Number.MAX_SAFE_INTEGER],
  ])('from %s gives a snapshot', async (_, after) => {
    const { id } = await openFor(ann, ben);
    const { answer } = await ann.watch(id, after);
    expect(answer).toMatchObject({ ok: true, seq: 3, snapshot: { id } });
  });

  it.each([-1, 2 ** 53, 1.5, Number.NaN, Number.POSITIVE_INFINITY, '1', null, []])(
    'from %p is malformed',
    async (after) => {
      const { id } = await openFor(ann, ben);
      const answer = await ask(ann.connect(), 'room:watch', { roomId: id, after });
      expect(answer).toMatchObject({ ok: false, error: { code: 'request.malformed' } });
    },
  );

  it('of one’s only tab while the old one is still going leaves nobody behind', async () => {
    const { id } = await openFor(ann, ben);
    for (let round = 0; round < 15; round++) {
      const [old, socket] = [await ann.watch(id), ann.connect()];
      await eventually('the new tab is connected', () => socket.connected);
      const fresh = new Watch(socket, id);
      const starting = fresh.start();
      old.socket.disconnect();
      await starting;
      await toggle(ben, id, round % 2 === 0);
      await fresh.until('player.ready');
      socket.disconnect();
    }
  });
});

describe('a bus that', () => {
  it.each(['loses', 'repeats', 'reverses'] as const)(
    '%s what it is told still lets everybody hear everything, once and in order, without a further event',
    async (weather) => {
      const { id } = await openFor(ann, ben);
      const tabs = [await ann.watch(id, 0), await ann.watch(id, 0), await ben.watch(id, 0)];
      bus.weather = weather;
      for (const ready of [true, false, true, false, true]) await toggle(ann, id, ready);
      for (const tab of tabs) await tab.until(({ seq }) => seq === 8);
      for (const tab of tabs) expect(seqs(tab.events)).toEqual(upTo(8));
    },
  );

  it('loses the last event is found out by the position that is repeated', async () => {
    const { id } = await openFor(ann, ben);
    const sees = await ann.watch(id, 0);
    bus.weather = 'loses';
    await toggle(ben, id, true);
    await sees.until('player.ready');
    expect(await sees.notice('room:seq')).toMatchObject({ roomId: id });
  });
});

describe('somebody who is removed', () => {
  it('hears of it, and of nothing after it', async () => {
    const { id } = await openFor(ann, ben);
    const [annSees, benSees] = [await ann.watch(id, 0), await ben.watch(id, 0)];
    await expectDone(ann.post(`/rooms/${id}/kick`, { userId: ben.id }));
    await benSees.until('player.kicked');
    await toggle(ann, id, true);
    await annSees.until('player.ready');
    const answer = await ask(benSees.socket, 'room:watch', { roomId: id });
    expect(answer).toMatchObject({ ok: false, error: { code: 'room.not-found' } });
    expect(benSees.types()).not.toContain('player.ready');
    expect(benSees.socket.connected).toBe(true);
  });

  it('who asks to hear no more hears no more', async () => {
    const { id } = await openFor(ann, ben);
    const [annSees, benSees] = [await ann.watch(id, 0), await ben.watch(id, 0)];
    expect(await ask(benSees.socket, 'room:unwatch', { roomId: id })).toEqual({ ok: true });
    await toggle(ann, id, true);
    await annSees.until('player.ready');
    expect(await ask(benSees.socket, 'clock:ping', {})).toMatchObject({ ok: true });
    expect(benSees.types()).not.toContain('player.ready');
  });
});

describe('a stream', () => {
  const open = (path: string, headers: Record<string, string> = {}, signal?: AbortSignal) =>
    fetch(`${server.url}/api/rooms/${path}`, { headers: { ...ann.headers, ...headers }, ...(signal && { signal }) });

  it('resumes by its last id', async () => {
    const { id } = await openFor(ann, ben);
    const stop = new AbortController();
    const stream = await open(`${id}/stream?after=0`, { 'last-event-id': '1' }, stop.signal);
    const { value } = await stream.body!.getReader().read();
    expect(Buffer.from(value!).toString()).toMatch(/^id: 2\nevent: room:event\ndata: \{.*"seq":2/);
    stop.abort();
  });

  it('of which only the head is asked for is answered, and leaves nothing behind', async () => {
    const before = server.app.get(Connections).size;
    const { id } = await openFor(ann, ben);
    const answer = await fetch(`${server.url}/api/rooms/${id}/stream`, { method: 'HEAD', headers: ann.headers });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/event-stream']);
    expect(server.app.get(Connections).size).toBe(before);
  });

  it('whose reader goes at once leaves nothing behind', async () => {
    const { id } = await openFor(ann, ben);
    const connections = server.app.get(Connections);
    const before = connections.size;
    for (let round = 0; round < 40; round++) {
      const stop = new AbortController();
      const opened = open(`${id}/stream`, {}, stop.signal);
      setTimeout(() => stop.abort(), round % 8);
      await opened.catch((error: unknown) => expect(error).toMatchObject({ name: 'AbortError' }));
      stop.abort();
    }
    await eventually('all of them are gone', () => connections.size <= before);
  });

  it('that has been ended is not written to, even before its reader has noticed', async () => {
    const { id } = await openFor(ann, ben);
    const stream = await open(`${id}/stream?after=0`);
    const connections = server.app.get(Connections);
    const socket = (await ben.watch(id)).socket;
    connections.endAll();
    bus.publish({ roomId: id as `room_${string}`, seq: 4, at: 0, type: 'announcement.posted', data: { text: '' } });
    await stream.text();
    await eventually('sockets are closed too', () => socket.disconnected);
    expect((await ben.get('/me')).status).toBe(200);
  });
});
