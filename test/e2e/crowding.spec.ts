import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { Server } from 'node:http';
import { PassThrough } from 'node:stream';
import { Limits } from '../../src/http/limits';
import { eventually } from '../support/eventually';
import { request, type ClientSocket, type Player } from '../support/player';
import { RawSocket } from '../support/raw-socket';
import { expectRefused, openFor } from '../support/rooms';
import { startServer, type TestServer } from '../support/server';

const HELLO = 'EIO=4&transport=websocket';
const from = (address: string) => ({ 'x-forwarded-for': address });

let server: TestServer;
let ann: Player;
let ben: Player;
beforeAll(async () => {
  server = await startServer({ env: { RATE_LIMITS: 'on', TRUST_PROXY: 'loopback' } });
  [ann, ben] = [await server.guest('Ann'), await server.guest('Ben')];
});
afterAll(() => server.close());

/** How it went to connect, from that address as the proxy has it. */
async function connected(player: Player, address: string): Promise<{ socket: ClientSocket; refusal: unknown }> {
  const socket = player.connect(undefined, { reconnection: false, extraHeaders: from(address) });
  const refusal = await new Promise<unknown>((resolve) => {
    socket.once('connect', () => resolve(null));
    socket.once('connect_error', (error: Error & { data?: unknown }) => resolve(error.data));
  });
  return { socket, refusal };
}
const limited = { code: 'rate.limited', retryAfterSeconds: expect.any(Number) };
const limits = () => server.app.get(Limits);
async function spendAll(name: 'socket-connect' | 'sign-in' | 'visit' | 'refresh', key: string): Promise<void> {
  for (let n = 0; n < 10_000; n += 1) {
    const more = await limits()
      .spend(name, key)
      .then(
        () => true,
        () => false,
      );
    if (!more) return;
  }
  throw new Error(`${name} has no end`);
}

describe('behind a proxy that is trusted', () => {
  it('callers are counted by the address it names: sockets as requests are', async () => {
    await spendAll('socket-connect', '203.0.113.7');
    expect((await connected(ann, '203.0.113.7')).refusal).toEqual(limited);
    expect((await connected(ann, '203.0.113.8')).refusal).toBeNull();
    await spendAll('sign-in', '203.0.113.7');
    const signIn = (address: string) => request(server.url, 'POST', '/api/auth/guest', { name: 'Ann' }, from(address));
    const refused = await expectRefused(signIn('203.0.113.7'), 'rate.limited');
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await signIn('203.0.113.8')).status).toBe(201);
  });

  it('the addresses of one IPv6 network are one caller', async () => {
    await spendAll('socket-connect', '2001:db8:1:2::/64');
    expect((await connected(ann, '2001:db8:1:2:aaaa::1')).refusal).toEqual(limited);
    expect((await connected(ann, '2001:db8:1:3:aaaa::1')).refusal).toBeNull();
  });

  it('what a caller puts before its own word is not believed', async () => {
    await spendAll('socket-connect', '203.0.113.9');
    expect((await connected(ann, '198.51.100.1, 203.0.113.9')).refusal).toEqual(limited);
  });

  it('who asks without signing in is counted too, but not who asks whether we live', async () => {
    await spendAll('visit', '203.0.113.10');
    const get = (path: string) => request(server.url, 'GET', path, undefined, from('203.0.113.10'));
    await expectRefused(get('/api/problems'), 'rate.limited');
    await expectRefused(get('/api/me'), 'rate.limited');
    expect((await get('/livez')).status).toBe(200);
  });

  it('renewing a session is counted for it, and nothing that others at its address can use up', async () => {
    const dot = await server.guest('Dot');
    const renew = (cookie: string) =>
      request(server.url, 'POST', '/api/auth/refresh', undefined, { cookie, ...from('203.0.113.11') });
    for (const name of ['refresh', 'visit'] as const) await spendAll(name, '203.0.113.11');
    await expectRefused(renew('joust_refresh=made-up'), 'rate.limited');
    expect((await renew(dot.cookie)).status).toBe(200);
    await spendAll('refresh', (await dot.get('/me/sessions')).body.items[0].id);
    await expectRefused(renew(dot.cookie), 'rate.limited');
  });
});

describe('connections that stay', () => {
  it('are thirty sockets a user; one more is let in when one has gone', async () => {
    const sockets = await Promise.all(Array.from({ length: 30 }, () => connected(ben, '203.0.113.20')));
    expect(sockets.filter(({ refusal }) => refusal !== null)).toEqual([]);
    expect((await connected(ben, '203.0.113.21')).refusal).toEqual(limited);
    expect((await connected(await server.guest('Cat'), '203.0.113.20')).refusal).toBeNull();
    sockets[0]!.socket.disconnect();
    await eventually('there is room again', async () => (await connected(ben, '203.0.113.21')).refusal === null);
  });

  it('are counted per address from the upgrade on, before anybody has said who he is', async () => {
    const others = Array.from({ length: 999 }, () => new PassThrough());
    for (const other of others) limits().hold('sockets-of-address', '203.0.113.30', other);
    const last = await RawSocket.open(server.url, HELLO, from('203.0.113.30'));
    expect(await RawSocket.refusal(server.url, HELLO, from('203.0.113.30'))).toBe(400);
    expect(await RawSocket.refusal(server.url, HELLO, from('203.0.113.31'))).toBe(101);
    last.end();
    await eventually(
      'there is room again',
      async () => (await RawSocket.refusal(server.url, HELLO, from('203.0.113.30'))) === 101,
    );
    for (const other of others) other.destroy();
  });

  it('are ten streams a user; one more is let in when one has gone', async () => {
    const [dan, eve] = [await server.guest('Dan'), await server.guest('Eve')];
    const room = await openFor(dan, eve);
    const open = async () => {
      const stop = new AbortController();
      const { status, headers } = await fetch(`${server.url}/api/rooms/${room.id}/stream`, {
        headers: dan.headers,
        signal: stop.signal,
      });
      return { status, headers, close: () => stop.abort() };
    };
    const streams = await Promise.all(Array.from({ length: 10 }, open));
    expect(streams.map(({ status }) => status)).toEqual(Array(10).fill(200));
    const refused = await open();
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    streams[0]!.close();
    await eventually('there is room again', async () => (await open()).status === 200);
  });
});

describe('whoever is slow', () => {
  const dial = (...said: string[]): Socket => {
    const { port } = new URL(server.url);
    const socket = connect(Number(port), '127.0.0.1', () => said.forEach((one) => socket.write(one)));
    socket.on('error', () => undefined).resume();
    return socket;
  };
  /** A byte now and then, for as long as somebody listens. */
  const drip = (socket: Socket, byte: string) => {
    const timer = setInterval(() => socket.write(byte), 100);
    socket.once('close', () => clearInterval(timer));
    return once(socket, 'close');
  };
  const POST =
    'POST /api/auth/guest HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 20000\r\n\r\n';

  it('is cut off: with his head after 10 s, with his body after 30 s, and looked for each second', () => {
    const http: Server = server.app.getHttpServer();
    expect(http).toMatchObject({ headersTimeout: 10_000, requestTimeout: 30_000 });
  });

  it('holds no connection by a head or a body that never ends, while others are answered', async () => {
    const http: Server = server.app.getHttpServer();
    const { headersTimeout, requestTimeout } = http;
    // The same, sooner.
    Object.assign(http, { headersTimeout: 500, requestTimeout: 1_000 });
    const slow = [
      ...Array.from({ length: 20 }, () => drip(dial('GET /api/me HTTP/1.1\r\nHost: x\r\nX-A: '), 'a')),
      ...Array.from({ length: 20 }, () => drip(dial(POST), ' ')),
      drip(dial('G'), 'E'),
    ];
    expect((await ann.get('/me')).status).toBe(200);
    await Promise.all(slow);
    Object.assign(http, { headersTimeout, requestTimeout });
  });
});
