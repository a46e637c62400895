import { Connections } from '../../src/realtime/connections';
import { PresenceBoard } from '../../src/realtime/presence';
import { eventually } from '../support/eventually';
import { ask, type Player, request, type Watch } from '../support/player';
import { expectDone, openFor } from '../support/rooms';
import { startServer, type TestServer } from '../support/server';
import { OPENED } from '../support/room-builder';
import { TravelClock } from '../support/travel-clock';

const clock = new TravelClock(OPENED);
let server: TestServer;
let ann: Player;
let ben: Player;
let room: { id: string };
beforeAll(async () => {
  server = await startServer({ change: (world) => ({ ...world, clock }) });
});
afterAll(() => server.close());
beforeEach(async () => {
  [ann, ben] = [await server.guest('Ann'), await server.guest('Ben')];
  room = await openFor(ann, ben);
});

const LIFETIME_MS = 15 * 60_000;
const check = () => server.app.get(Connections).check();

describe('a socket whose token runs out', () => {
  it('is told in time, goes on without a gap when it renews, and is closed when it does not', async () => {
    const [annSees, benSees] = [await ann.watch(room.id, 0), await ben.watch(room.id, 0)];
    clock.travel(LIFETIME_MS - 60_000);
    await check();
    for (const one of [annSees, benSees]) expect(await one.notice('session:expiring')).toHaveProperty('expiresAt');
    const { body } = await request(server.url, 'POST', '/api/auth/refresh', undefined, { cookie: ann.cookie });
    expect(await ask(annSees.socket, 'session:renew', { token: body.accessToken })).toEqual({ ok: true });
    clock.travel(60_000 + 15_000);
    await check();
    expect(await benSees.notice('session:ended')).toEqual({ code: 'auth.expired' });
    await eventually('it is closed', () => benSees.socket.disconnected);
    expect(annSees.socket.connected).toBe(true);
    ann.token = body.accessToken;
    await expectDone(ann.post(`/rooms/${room.id}/ready`, { ready: true }));
    await annSees.until('player.ready');
    expect(annSees.events.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
    expect(benSees.types()).not.toContain('player.ready');
  });

  it('does not go on with somebody else’s token, an old one, or none', async () => {
    const { socket } = await ann.watch(room.id);
    const renew = (token: unknown) => ask(socket, 'session:renew', { token });
    expect(await renew(ben.token)).toMatchObject({ error: { code: 'auth.forbidden' } });
    expect(await renew('garbage')).toMatchObject({ error: { code: 'auth.required' } });
    expect(await renew('')).toMatchObject({ error: { code: 'auth.required' } });
    clock.travel(LIFETIME_MS);
    expect(await renew(ann.token)).toMatchObject({ error: { code: 'auth.expired' } });
  });

  it('cannot be opened at all', async () => {
    clock.travel(LIFETIME_MS);
    const socket = ann.connect(undefined, { reconnection: false });
    const error = await new Promise<Error & { data?: unknown }>((resolve) => socket.once('connect_error', resolve));
    expect(error.data).toEqual({ code: 'auth.expired' });
  });
});

describe('presence', () => {
  const lastOf = (watch: Watch, userId: string) =>
    watch.notices
      .filter(({ name, body }) => name === 'presence' && (body as { userId: string }).userId === userId)
      .map(({ body }) => (body as { state: string }).state)
      .at(-1);
  const look = () => server.app.get(PresenceBoard).look();

  it('counts several tabs as one person, who is away after the last, offline a minute later, and back at once', async () => {
    const annSees = await ann.watch(room.id);
    const tabs = [await ben.watch(room.id), await ben.watch(room.id)];
    await eventually('Ben is online', () => lastOf(annSees, ben.id) === 'online');
    tabs[0]!.socket.disconnect();
    const third = await ben.watch(room.id);
    expect(lastOf(annSees, ben.id)).toBe('online');
    tabs[1]!.socket.disconnect();
    third.socket.disconnect();
    await eventually('Ben is away', () => lastOf(annSees, ben.id) === 'away');
    clock.travel(59_999);
    look();
    expect(await ask(annSees.socket, 'clock:ping', {})).toMatchObject({ ok: true });
    expect(lastOf(annSees, ben.id)).toBe('away');
    clock.travel(1);
    look();
    await eventually('Ben is offline', () => lastOf(annSees, ben.id) === 'offline');
    await ben.watch(room.id);
    await eventually('Ben is back', () => lastOf(annSees, ben.id) === 'online');
  });

  it('tells who comes of those who are there', async () => {
    await ann.watch(room.id);
    const benSees = await ben.watch(room.id);
    await eventually('Ann is seen', () => lastOf(benSees, ann.id) === 'online');
  });
});
