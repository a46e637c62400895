import { once } from 'node:events';
import { request as ask } from 'node:http';
import { connect, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { filled, ROUTE_LIST, send } from '../../support/hostile-request';
import type { Cases, Stage } from '../case';
import { eachBody, noRouteTakes } from './bodies';

const EVIL = 'evil.example';

function dial({ url }: Stage): Socket {
  const { port, hostname } = new URL(url);
  return connect(Number(port), hostname).on('error', () => undefined);
}
/** All that is said to bytes written on a connection of their own. */
async function said(stage: Stage, bytes: string): Promise<string> {
  const socket = dial(stage);
  socket.write(bytes);
  let text = '';
  for await (const chunk of socket) text += String(chunk);
  return text;
}

export const HTTP: Cases = {
  'HTTP-01': async (stage) => {
    const large = JSON.stringify({ name: 'x'.repeat(300_000) });
    await eachBody(stage, async (ann, method, path) => {
      expect((await send(ann, method, path, large)).status).toBe(413);
      const chunked = new ReadableStream({
        start(stream) {
          stream.enqueue(Buffer.from(large));
          stream.close();
        },
      });
      const headers = { ...ann.headers, 'content-type': 'application/json' };
      const answer = await fetch(stage.url + path, { method, headers, body: chunked, duplex: 'half' } as RequestInit);
      expect(answer.status).toBe(413);
    });
    // Whoever hangs up in the middle has not made the server fail.
    const half = dial(stage);
    half.write(
      'POST /api/auth/guest HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{"n',
    );
    await once(half, 'connect');
    half.end();
    await once(half, 'close');
    await stage.guest('Ann');
  },
  'HTTP-02': async (stage) => {
    const gzip = { 'content-encoding': 'gzip' };
    const bomb = gzipSync(Buffer.alloc(100_000_000, ' '));
    const before = stage.memory();
    await noRouteTakes(stage, [gzipSync('{"name":"Ann"}'), gzip], [bomb, gzip], ['x', { 'content-encoding': 'br' }]);
    expect(stage.memory() - before).toBeLessThan(60);
  },
  'HTTP-03': async (stage) => {
    const slow = Array.from({ length: 500 }, () => dial(stage));
    for (const socket of slow) socket.write('GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ');
    const drip = setInterval(() => slow.forEach((socket) => socket.writable && socket.write('a')), 1_000);
    const ann = await stage.guest('Ann');
    expect((await ann.get('/me')).status).toBe(200);
    const closed = async (socket: Socket) => {
      if (!socket.destroyed) await once(socket, 'close', { signal: AbortSignal.timeout(60_000) });
    };
    slow.forEach((socket) => socket.resume());
    await Promise.all(slow.map(closed)).finally(() => clearInterval(drip));
  },
  'HTTP-05': async (stage) => {
    const lines = [
      ...['TRACE / HTTP/1.1', 'CONNECT evil.example:80 HTTP/1.1', 'NONSENSE / HTTP/1.1', 'GET / HTTP/9.9'],
      ...[`GET /${'a'.repeat(60_000)} HTTP/1.1`, 'GET / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked'],
      ...[
        'TRACE /%ff HTTP/1.1',
        `GET / HTTP/1.1\r\nX: ${'a'.repeat(64_000)}`,
        'GET /\0 HTTP/1.1',
        'GET http://[ HTTP/1.1',
      ],
    ];
    for (const line of lines)
      expect(await said(stage, `${line}\r\nHost: x\r\nConnection: close\r\n\r\n`)).toMatch(
        /^$|^HTTP\/1\.1 (400|404|405|414|431|501) /,
      );
    const ann = await stage.guest('Ann');
    const routes = ROUTE_LIST.map(({ method, path }) => `${method} ${path}`);
    for (const { path } of ROUTE_LIST)
      for (const method of ['PUT', 'PATCH', 'DELETE'].filter((one) => !routes.includes(`${one} ${path}`)))
        expect((await send(ann, method, filled(path, 'room_1'), '{}')).status).toBe(404);
  },
  'HTTP-07': async ({ url }) => {
    const paths = [
      ...['/assets/..%2f..%2fpackage.json', '/assets/..%5c..%5cpackage.json', '/assets/%00', '/assets/%2e%2e/%2e%2e/x'],
      ...['/..%2f..%2fpackage.json', '/%5c..%5cx', '/%252e%252e%252fpackage.json', '/assets/.vite/manifest.json'],
      ...[
        '/.git/HEAD',
        '/.env',
        '/dist/main.js.map',
        '/src/main.ts',
        '/assets/index.js.map',
        '/assets/.gz',
        '/assets/',
      ],
      ...[`/assets/${'a'.repeat(5_000)}`, '/assets/%ff', '//evil.example/', '/api/rooms/../../etc/passwd'],
    ];
    for (const path of paths) {
      const answer = await fetch(url + path);
      expect({ path, status: [400, 403, 404].includes(answer.status) }).toEqual({ path, status: true });
      expect(await answer.text()).not.toMatch(/"dependencies"|ref: refs|JWT_SECRET=/);
    }
  },
  'HTTP-08': async (stage) => {
    const { url } = await stage.google();
    const headers = { host: EVIL, 'x-forwarded-host': EVIL, 'x-forwarded-proto': 'http', forwarded: `host=${EVIL}` };
    for (const [base, path] of [
      [url, '/api/auth/google'],
      [url, '/api/auth/google/callback?code=x'],
      [stage.url, '/'],
      [stage.url, '/api/docs'],
      [stage.url, '/api/docs-json'],
    ] as const) {
      const { port, hostname } = new URL(base);
      const text = await new Promise<string>((resolve, reject) => {
        const asked = ask({ port, hostname, path, headers }, (answer) => {
          let body = JSON.stringify(answer.headers);
          answer.on('data', (piece) => (body += String(piece))).on('end', () => resolve(body));
        });
        asked.on('error', reject).end();
      });
      expect(text).not.toContain(EVIL);
    }
  },
  'HTTP-09': (stage) =>
    noRouteTakes(
      stage,
      ['<a/>', { 'content-type': 'application/xml' }],
      ['name=Ann&ready=true', { 'content-type': 'application/x-www-form-urlencoded' }],
      ['--x\r\n\r\n{}\r\n--x--', { 'content-type': 'multipart/form-data; boundary=x' }],
      ['{"name":"Ann"}', { 'content-type': '' }],
      ['{"name":"Ann"}', { 'content-type': 'text/plain' }],
      [Buffer.from('{"name":"Ann"}', 'utf16le'), { 'content-type': 'application/json; charset=utf-16' }],
      ...['{"name":', '"x"', '7', 'null', '[]', '[[{}]]', '{"nonsense":1}', '\ufeff{', '{"a":1}{"a":1}'].map(
        (body) => [body] as const,
      ),
    ),
  'HTTP-10': {
    heldBy: 'test/e2e/rate-limits.spec.ts',
    as: 'again and again from one address is refused, whatever address it claims',
  },
};
