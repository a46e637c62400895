import { request as send } from 'node:http';
import { request } from '../support/player';
import { RawSocket } from '../support/raw-socket';
import { startServer, type TestServer } from '../support/server';

let plain: TestServer;
let secure: TestServer;
beforeAll(async () => {
  [plain, secure] = await Promise.all([startServer(), startServer({ env: { PUBLIC_URL: 'https://joust.example' } })]);
});
afterAll(() => Promise.all([plain.close(), secure.close()]));

const EVIL = 'https://evil.example';
const signIn = (server: TestServer, headers: Record<string, string>) =>
  request(server.url, 'POST', '/api/auth/guest', { name: 'Ann' }, headers);

describe('the refresh cookie', () => {
  it('is for the server alone, for its own path, and for no other site', async () => {
    const [cookie] = (await signIn(plain, {})).headers.getSetCookie();
    expect(cookie).toMatch(/^joust_refresh=[\w-]{43}; Path=\/api\/auth; Expires=[^;]+; HttpOnly; SameSite=Lax$/);
  });

  it('is bound to the host over TLS', async () => {
    const [cookie] = (await signIn(secure, {})).headers.getSetCookie();
    expect(cookie).toMatch(/^__Host-joust_refresh=[\w-]{43}; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Lax$/);
  });
});

describe('a change that a page asks for', () => {
  it.each<[string, (url: string) => Record<string, string>, number]>([
    ['is made without an origin: no browser asks', () => ({}), 201],
    ['is made for a page of ours', (url) => ({ origin: url }), 201],
    ['is refused for another site', () => ({ origin: EVIL }), 403],
    ['is refused for another port', (url) => ({ origin: url.replace(/\d+$/, '1') }), 403],
    ['is refused for a page without an origin', () => ({ origin: 'null' }), 403],
    ['is refused for what is no origin', () => ({ origin: 'evil' }), 403],
    ['is refused where the browser says so', () => ({ 'sec-fetch-site': 'cross-site' }), 403],
  ])('%s', async (_, headers, expected) => {
    const { status, body } = await signIn(plain, headers(plain.url));
    expect({ status, code: body.error?.code }).toEqual({
      status: expected,
      code: expected === 403 ? 'csrf.origin' : undefined,
    });
    if (expected === 403) expect(body.error.requestId).toMatch(/^req_/);
  });

  it('is refused for a name that somebody pointed at this machine', async () => {
    const { port } = new URL(plain.url);
    const host = `rebound.example:${port}`;
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const headers = { host, origin: `http://${host}`, 'content-type': 'application/json' };
      const asked = send({ port, host: '127.0.0.1', method: 'POST', path: '/api/auth/guest', headers }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      });
      asked.on('error', reject).end('{"name":"Ann"}');
    });
    expect(status).toBe(403);
  });

  it('is made under the public address only, where there is one', async () => {
    expect((await signIn(secure, { origin: 'https://joust.example' })).status).toBe(201);
    for (const origin of ['http://joust.example', 'https://joust.example.evil.example', secure.url])
      expect((await signIn(secure, { origin })).status).toBe(403);
  });

  it('is refused as a form of another site, cookie or not, and changes nothing', async () => {
    const ann = await plain.guest('Ann');
    const form = { ...ann.headers, origin: EVIL, 'content-type': 'application/x-www-form-urlencoded' };
    for (const path of ['/auth/refresh', '/auth/logout', '/rooms'])
      expect((await request(plain.url, 'POST', `/api${path}`, 'a=b', form)).status).toBe(403);
    expect((await ann.get('/me')).status).toBe(200);
    expect((await ann.post('/auth/refresh')).status).toBe(200);
  });
});

describe('another site', () => {
  it.each(['OPTIONS', 'GET', 'POST'])('gets no permission to read by %s', async (method) => {
    const headers = {
      origin: EVIL,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization',
    };
    for (const path of ['/api/me', '/api/rooms', '/api/languages', '/ws/?EIO=4&transport=polling']) {
      const answer = await fetch(plain.url + path, { method, headers });
      expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
  });

  it('gets no socket', async () => {
    const HELLO = 'EIO=4&transport=websocket';
    expect(await RawSocket.refusal(plain.url, HELLO, { origin: EVIL })).toBe(400);
    expect(await RawSocket.refusal(plain.url, HELLO, { origin: 'null' })).toBe(400);
    expect(await RawSocket.refusal(plain.url, HELLO, { origin: plain.url })).toBe(101);
    expect(await RawSocket.refusal(secure.url, HELLO, { origin: secure.url })).toBe(400);
  });
});

describe('reading', () => {
  it.each(['GET', 'HEAD'])('changes nothing: %s of what POST does is no route', async (method) => {
    const ann = await plain.guest('Ann');
    const { body } = await ann.post('/rooms', {});
    const moves = [
      'ready',
      'start',
      'end',
      'leave',
      'cancel',
      'kick',
      'resign',
      'extend',
      'claim',
      'reveal',
      'rematch',
    ];
    const paths = [
      ...moves.map((move) => `/rooms/${body.room.id}/${move}`),
      '/auth/logout',
      '/auth/refresh',
      '/auth/guest',
    ];
    for (const path of paths)
      expect({
        path,
        status: (await request(plain.url, method, `/api${path}`, undefined, ann.headers)).status,
      }).toEqual({ path, status: 404 });
    expect((await ann.get(`/rooms/${body.room.id}`)).body.seq).toBe(body.seq);
  });
});
