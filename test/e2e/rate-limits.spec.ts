import { Limits } from '../../src/http/limits';
import { ask, request, type Player } from '../support/player';
import { RawSocket } from '../support/raw-socket';
import { openFor, startFor, submission } from '../support/rooms';
import { startServer, type TestServer } from '../support/server';

let server: TestServer;
let guests = 0;
beforeAll(async () => {
  server = await startServer({ env: { RATE_LIMITS: 'on' } });
});
afterAll(() => server.close());

const guest = () => server.guest(`Guest ${++guests}`);
const pair = async (): Promise<[Player, Player]> => [await guest(), await guest()];

describe('a wrong password', () => {
  it('may be tried five times by one user, however many at once; who knows it is not held up', async () => {
    const [host, guesser] = await pair();
    const { room, password } = (await host.post('/rooms', {})).body;
    const guess = (player: Player, given?: string) => player.post('/rooms/join', { code: room.code, password: given });
    const tries = await Promise.all(Array.from({ length: 40 }, (_, n) => guess(guesser, n < 35 ? 'wrong' : password)));
    const statuses = tries.map(({ status }) => status);
    expect(statuses.filter((status) => status !== 429)).toEqual(Array(5).fill(403));
    const refused = await guess(guesser, password);
    expect(refused).toMatchObject({ status: 429, body: { error: { code: 'rate.limited' } } });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await guess(await guest(), password)).status).toBe(200);
  });

  it('is counted for the address too, whatever address the caller claims', async () => {
    const fresh = await startServer({ env: { RATE_LIMITS: 'on' } });
    const { room } = (await (await fresh.guest('Host')).post('/rooms', {})).body;
    const seen: number[] = [];
    let player!: Player;
    for (let n = 0; n < 30 && seen.at(-1) !== 429; n++) {
      if (n % 4 === 0) player = await fresh.guest(`Guest ${n}`);
      const headers = { ...player.headers, 'x-forwarded-for': `10.0.0.${n}`, forwarded: `for=10.0.0.${n}` };
      const body = { code: room.code, password: 'wrong' };
      seen.push((await request(fresh.url, 'POST', '/api/rooms/join', body, headers)).status);
    }
    expect(seen.at(-1)).toBe(429);
    expect(seen.length).toBe(21);
    await fresh.close();
  });
});

describe('submissions', () => {
  it('beyond twenty a minute are refused, leave nothing behind, and do not touch the opponent', async () => {
    const fresh = await startServer({ env: { RATE_LIMITS: 'on' } });
    const [ann, ben] = [await fresh.guest('Ann'), await fresh.guest('Ben')];
    const room = await startFor(ann, ben);
    const statuses: number[] = [];
    for (let n = 0; n < 22; n++) {
      const reply = await ann.post(`/rooms/${room.id}/submissions`, submission('print('));
      statuses.push(reply.status);
      if (reply.status === 429) expect(Number(reply.headers.get('retry-after'))).toBeGreaterThan(0);
    }
    expect(statuses).toEqual([...Array(20).fill(202), 429, 429]);
    expect((await ann.get(`/rooms/${room.id}/submissions`)).body.items).toHaveLength(20);
    expect((await ben.post(`/rooms/${room.id}/submissions`, submission('print('))).status).toBe(202);
    await fresh.close();
  });

  it('that are sent again are not counted again, and answered even when no new one is let in', async () => {
    const fresh = await startServer({ env: { RATE_LIMITS: 'on' } });
    const [ann, ben] = [await fresh.guest('Ann'), await fresh.guest('Ben')];
    const room = await startFor(ann, ben);
    const submit = (body: object) => ann.post(`/rooms/${room.id}/submissions`, body);
    const click = submission('print(');
    const { body: accepted } = await submit(click);
    for (let n = 0; n < 25; n++) expect((await submit(click)).body).toEqual(accepted);
    for (let n = 0; n < 19; n++) expect((await submit(submission('print('))).status).toBe(202);
    expect((await submit(submission('print('))).status).toBe(429);
    expect((await submit(click)).body).toEqual(accepted);
    await fresh.close();
  });
});

describe('sockets', () => {
  it('that ask too often are told so, and closed when they go on', async () => {
    const [ann, ben] = await pair();
    const room = await openFor(ann, ben, { password: null });
    const sees = await ben.watch(room.id);
    const raw = await RawSocket.connect(server.url, ann.token);
    for (let n = 0; n < 400; n++) raw.send(`42${n}["nosuch"]`);
    await raw.closed();
    expect(raw.frames.filter((frame) => frame.includes('request.malformed'))).toHaveLength(120);
    expect(raw.frames.filter((frame) => frame.includes('rate.limited')).length).toBeGreaterThan(100);
    await ann.post(`/rooms/${room.id}/ready`, { ready: true });
    await sees.until('player.ready');
  });
});

describe('a log', () => {
  it('that is long counts as many requests, and as few where little of it is asked for', async () => {
    const fresh = await startServer({ env: { RATE_LIMITS: 'on' } });
    const [ann, ben] = [await fresh.guest('Ann'), await fresh.guest('Ben')];
    const { id } = await openFor(ann, ben);
    const { seq } = (await ann.get(`/rooms/${id}`)).body;
    const { manager } = fresh.world.db;
    await manager.query(
      `INSERT INTO room_events (room_id, seq, at, type, data)
        SELECT $1, n, 1, 'announcement.posted', '{"text":""}' FROM generate_series($2::int, 10000) n`,
      [id, Number(seq) + 1],
    );
    await manager.query('UPDATE rooms SET seq = 10000 WHERE id = $1', [id]);
    const statusAfter = async (after: number) => {
      const url = `${fresh.url}/api/rooms/${id}/events?after=${after}`;
      const { status, body } = await fetch(url, { headers: ann.headers });
      await body?.cancel();
      return status;
    };
    for (let n = 0; n < 20; n += 1) expect(await statusAfter(9_990)).toBe(200);
    const statuses: number[] = [];
    while (statuses.length < 20 && statuses.at(-1) !== 429) statuses.push(await statusAfter(0));
    expect(statuses).toEqual([...Array(14).fill(200), 429]);
    expect((await ben.get(`/rooms/${id}`)).status).toBe(200);
    await fresh.close();
  });
});

describe('following rooms', () => {
  it('is a request of a user, through however many sockets', async () => {
    const [ann, ben] = await pair();
    const room = await openFor(ann, ben, { password: null });
    await server.app
      .get(Limits)
      .spend('request', ann.id, 3_001)
      .catch(() => undefined);
    const watch = (player: Player) => ask(player.connect(), 'room:watch', { roomId: room.id });
    expect(await watch(ann)).toMatchObject({ ok: false, error: { code: 'rate.limited' } });
    expect(await watch(ben)).toMatchObject({ ok: true });
  });
});

describe('signing in', () => {
  it('again and again from one address is refused, whatever address it claims', async () => {
    const fresh = await startServer({ env: { RATE_LIMITS: 'on' } });
    const known = await fresh.guest('Known');
    const signIn = (_: unknown, n: number) =>
      request(fresh.url, 'POST', '/api/auth/guest', { name: 'Ann' }, { 'x-forwarded-for': `10.0.0.${n}` });
    const replies = await Promise.all(Array.from({ length: 260 }, signIn));
    const refused = replies.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(260 + 1 - 240);
    for (const { headers } of refused) expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await known.get('/me')).status).toBe(200);
    await fresh.close();
  });
});
