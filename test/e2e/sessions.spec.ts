import { Sessions } from '../../src/auth/sessions.service';
import type { UserId } from '../../src/contract/terms';
import { UserStore } from '../../src/store/user.store';
import { request, type Player } from '../support/player';
import { eventually } from '../support/eventually';
import { openFor } from '../support/rooms';
import { startServer, type TestServer } from '../support/server';
import { OPENED } from '../support/room-builder';
import { TravelClock } from '../support/travel-clock';

const clock = new TravelClock(OPENED);
let server: TestServer;
beforeAll(async () => {
  server = await startServer({ change: (world) => ({ ...world, clock }) });
});
afterAll(() => server.close());

const GRACE_MS = 10_000;

/** Hands a refresh cookie in; says what came of it, and the next cookie. */
async function refresh(cookie: string) {
  const { status, body, headers } = await request(server.url, 'POST', '/api/auth/refresh', undefined, { cookie });
  const next = headers.getSetCookie()[0]?.split(';')[0] ?? '';
  return { status, code: body.error?.code as string | undefined, token: body.accessToken as string, next, body };
}
const expectMe = async (token: string, status: number) =>
  expect((await request(server.url, 'GET', '/api/me', undefined, { authorization: `Bearer ${token}` })).status).toBe(
    status,
  );

describe('a refresh token', () => {
  it('is exchanged for a successor that goes on', async () => {
    const ann = await server.guest('Ann');
    const first = await refresh(ann.cookie);
    expect(first).toMatchObject({ status: 200, body: { user: { id: ann.id, name: 'Ann' } } });
    expect(first.next).not.toBe(ann.cookie);
    await expectMe(first.token, 200);
    expect((await refresh(first.next)).status).toBe(200);
  });

  it('is exchanged in two tabs at once, and both go on', async () => {
    const { cookie } = await server.guest('Ann');
    const both = await Promise.all([refresh(cookie), refresh(cookie)]);
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    for (const { next, token } of both) {
      await expectMe(token, 200);
      expect((await refresh(next)).status).toBe(200);
    }
  });

  it('is exchanged again while its answer may have been lost, to the last millisecond of the grace', async () => {
    const { cookie } = await server.guest('Ann');
    await refresh(cookie);
    clock.travel(GRACE_MS);
    expect((await refresh(cookie)).status).toBe(200);
  });

  it('that comes back after the grace ends the family: successors, access tokens and sockets', async () => {
    const ann = await server.guest('Ann');
    const other = await server.guest('Other');
    const room = await openFor(ann, other);
    const [annSees, otherSees] = [await ann.watch(room.id), await other.watch(room.id)];
    const successor = await refresh(ann.cookie);
    clock.travel(GRACE_MS + 1);
    expect(await refresh(ann.cookie)).toMatchObject({ status: 401, code: 'auth.expired' });
    expect(await refresh(successor.next)).toMatchObject({ status: 401, code: 'auth.expired' });
    await expectMe(ann.token, 401);
    await expectMe(successor.token, 401);
    expect(await annSees.notice('session:ended')).toEqual({ code: 'auth.expired' });
    await eventually('the socket closes', () => annSees.socket.disconnected);
    expect(otherSees.socket.connected).toBe(true);
  });

  it('ends after thirty days without use', async () => {
    const { cookie } = await server.guest('Ann');
    clock.travel(30 * 24 * 3_600_000);
    expect(await refresh(cookie)).toMatchObject({ status: 401, code: 'auth.expired' });
  });

  it.each([
    '',
    'joust_refresh=',
    'joust_refresh=made-up',
    'joust_refresh=j:{"a":1}',
    `joust_refresh=${'a'.repeat(8_000)}`,
  ])('that is none of ours is refused: %.40s', async (cookie) =>
    expect(await refresh(cookie)).toMatchObject({ status: 401, code: 'auth.required' }),
  );

  it('of somebody banned stays as it is, and goes on once he is let in again', async () => {
    const ann = await server.guest('Ann');
    const users = server.app.get(UserStore);
    await users.change((tx) => users.ban(tx, ann.id as UserId));
    expect(await refresh(ann.cookie)).toMatchObject({ status: 403, code: 'auth.banned' });
    clock.travel(GRACE_MS + 1);
    expect(await refresh(ann.cookie)).toMatchObject({ status: 403, code: 'auth.banned' });
    await users.change((tx) => users.unban(tx, ann.id as UserId));
    expect((await refresh(ann.cookie)).status).toBe(200);
  });

  it('is not an access token’s business', async () => {
    const { token } = await server.guest('Ann');
    expect(await refresh(`joust_refresh=${token}`)).toMatchObject({ status: 401, code: 'auth.required' });
  });
});

describe('signing out', () => {
  const leave = (player: Player) => player.post('/auth/logout');

  it('ends the refresh token, the access token and the sockets of this session, and no other session', async () => {
    const [ann, ben] = [await server.guest('Ann'), await server.guest('Ben')];
    const room = await openFor(ann, ben);
    const tabs = [await ann.watch(room.id), await ann.watch(room.id)];
    const benSees = await ben.watch(room.id);
    const out = await leave(ann);
    expect(out.status).toBe(204);
    expect(out.headers.getSetCookie()[0]).toMatch(/^joust_refresh=;.*Expires=Thu, 01 Jan 1970/);
    expect((await refresh(ann.cookie)).status).toBe(401);
    await expectMe(ann.token, 401);
    for (const tab of tabs) {
      expect(await tab.notice('session:ended')).toEqual({ code: 'auth.expired' });
      await eventually('the socket closes', () => tab.socket.disconnected);
    }
    await ben.post(`/rooms/${room.id}/ready`, { ready: true });
    await benSees.until('player.ready');
    expect(tabs.flatMap((tab) => tab.types())).not.toContain('player.ready');
  });

  it('ends one session of a person who has two', async () => {
    const ann = await server.guest('Ann');
    const [phone, desk] = [await refresh(ann.cookie), ann];
    // Both belong to the family of one sign-in: they end together.
    expect((await leave(desk)).status).toBe(204);
    expect((await refresh(phone.next)).status).toBe(401);
    const again = await server.guest('Ann');
    await expectMe(again.token, 200);
  });

  it('at the same time as anything else never ends in a fault', async () => {
    for (let round = 0; round < 10; round++) {
      const ann = await server.guest('Ann');
      const asked = Array.from({ length: 12 }, (_, n) => (n % 3 === 0 ? leave(ann) : ann.get('/me')));
      for (const { status } of await Promise.all(asked)) expect([200, 204, 401]).toContain(status);
    }
  });
});

describe('my sessions', () => {
  const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
  /** Another session of somebody's, as a guest cannot have one by himself. */
  async function another(player: Player, agent: string | null = null) {
    const user = (await server.app.get(UserStore).find(player.id as UserId))!;
    const { accessToken, refresh: token } = await server.app.get(Sessions).open(user, agent);
    return Object.assign(Object.create(player) as Player, {
      token: accessToken,
      cookie: `joust_refresh=${token.token}`,
    });
  }
  const list = async (player: Player) => (await player.get('/me/sessions')).body.items as { id: string }[];
  const end = (player: Player, id: string) =>
    request(server.url, 'DELETE', `/api/me/sessions/${id}`, undefined, player.headers);

  it('are listed, newest first, with what is known of each, and nobody else’s', async () => {
    const reply = await request(server.url, 'POST', '/api/auth/guest', { name: 'Ann' }, { 'user-agent': FIREFOX });
    const { accessToken, user } = reply.body;
    const cookie = reply.headers.getSetCookie()[0]!.split(';')[0]!;
    const ann = Object.assign(Object.create(await server.guest('Other')) as Player, {
      ...{ id: user.id, token: accessToken, cookie },
    });
    const openedAt = new Date(clock.now()).toISOString();
    clock.travel(60_000);
    await another(ann);
    await refresh(cookie);
    const now = new Date(clock.now()).toISOString();
    expect(await list(ann)).toEqual([
      { id: expect.any(String), createdAt: now, lastSeenAt: now, agent: null, current: false },
      { id: expect.any(String), createdAt: openedAt, lastSeenAt: now, agent: 'Firefox on Linux', current: true },
    ]);
  });

  it('come in pages', async () => {
    const ann = await server.guest('Ann');
    for (let n = 0; n < 51; n += 1) await another(ann);
    const { items, next } = (await ann.get('/me/sessions')).body;
    const rest = (await ann.get(`/me/sessions?cursor=${next}`)).body;
    expect([items.length, rest.items.length, rest.next]).toEqual([50, 2, null]);
    expect(new Set([...items, ...rest.items].map(({ id }) => id)).size).toBe(52);
  });

  it('are ended one by one: requests, refreshing and sockets; twice is once', async () => {
    const ann = await server.guest('Ann');
    const ben = await server.guest('Ben');
    const room = await openFor(ann, ben);
    const phone = await another(ann);
    const sees = await phone.watch(room.id);
    const { id } = (await list(phone)).find((one) => 'current' in one && one.current === true)!;
    expect((await end(ben, id)).body.error.code).toBe('session.not-found');
    expect((await end(ann, 'sess_nobody')).body.error.code).toBe('session.not-found');
    await expectMe(phone.token, 200);
    for (let times = 0; times < 2; times += 1) expect((await end(ann, id)).status).toBe(204);
    expect(await sees.notice('session:ended')).toEqual({ code: 'auth.expired' });
    await expectMe(phone.token, 401);
    expect((await refresh(phone.cookie)).status).toBe(401);
    expect(await list(ann)).toHaveLength(1);
    await expectMe(ann.token, 200);
  });

  it('are ended all at once, and nobody else’s', async () => {
    const [ann, ben] = [await server.guest('Ann'), await server.guest('Ben')];
    const room = await openFor(ann, ben);
    const phone = await another(ann);
    const tabs = [await ann.watch(room.id), await phone.watch(room.id)];
    const out = await ann.post('/auth/logout-everywhere');
    expect(out.status).toBe(204);
    expect(out.headers.getSetCookie()[0]).toMatch(/^joust_refresh=;/);
    for (const tab of tabs) expect(await tab.notice('session:ended')).toEqual({ code: 'auth.expired' });
    for (const one of [ann, phone]) {
      await expectMe(one.token, 401);
      expect((await refresh(one.cookie)).status).toBe(401);
    }
    await expectMe(ben.token, 200);
  });
});
