import { request, type Player } from '../support/player';
import { RawSocket } from '../support/raw-socket';
import { openFor, startFor, submission } from '../support/rooms';
import { startServer, type TestServer } from '../support/server';

let server: TestServer;
let guests = 0;
beforeAll(async () => {
  server = await startServer({ env: { RATE_LIMITS: 'on' } });
}, 60_000);
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
