import { connect } from 'node:net';
import { canary, filled, ROUTE_LIST, send } from '../support/hostile-request';
import type { Player } from '../support/player';
import { openFor } from '../support/rooms';
import { startServer, type TestServer } from '../support/server';

let server: TestServer;
let ann: Player;
let roomId: string;
beforeAll(async () => {
  server = await startServer();
  const ben = await server.guest('Ben');
  ann = await server.guest('Ann');
  roomId = (await openFor(ann, ben)).id;
}, 60_000);
afterAll(async () => {
  await canary(server);
  await server.close();
});

const BAD_IDS = [
  ...['-1', '0', '2147483648', '9223372036854775808', '1e3', '0x10', ' 1', '1.0', 'null', 'undefined', 'NaN', '*'],
  ...[
    "' OR 1=1--",
    '"; DROP TABLE users;--',
    '$1',
    '\u0000',
    'room_\u0000',
    'sub_\u0000',
    'user_\u0000',
    'trial_\u0000',
  ],
  ...[
    '../../etc/passwd',
    '..\\..\\x',
    '%',
    '%00',
    '__proto__',
    'constructor',
    'room_',
    'room_1',
    'room_%',
    'a'.repeat(5_000),
  ],
  ...[
    'room_00000000-0000-0000-0000-000000000000',
    'sub_00000000-0000-0000-0000-000000000000',
    '\u202e',
    '李',
    '\r\nSet-Cookie: x=1',
  ],
];

describe.each(
  ROUTE_LIST.filter(({ route }) => route.params).map(({ name, method, path }) => [name, method, path] as const),
)('%s', (_, method, path) => {
  it('answers an id that cannot be with not found', async () => {
    for (const id of BAD_IDS) {
      const { status } = await send(ann, method, filled(path, id), method === 'POST' ? '{}' : undefined);
      const listed = path.endsWith('/history') && id.startsWith('user_') ? [200, 404] : [400, 404];
      expect({
        id,
        listed: listed.includes(status) || (status === 200 && path.endsWith('/history')),
        status,
      }).toMatchObject({ listed: true });
    }
  });

  it('answers a path that cannot be read with a refusal', async () => {
    for (const id of ['%ff', '%', '%c0%ae', '%zz'])
      expect([400, 404]).toContain(
        (await send(ann, method, path.replace(/:\w+/g, id), method === 'POST' ? '{}' : undefined)).status,
      );
  });
});

describe('a query', () => {
  const cursor = (key: unknown) =>
    Buffer.from(typeof key === 'string' ? key : JSON.stringify(key)).toString('base64url');
  const FORGED = [
    ...[
      '',
      'x',
      '[',
      '[1e400]',
      '[1e400,"a"]',
      '[1.5]',
      '[1.5,"a"]',
      '[1e30]',
      '[1e30,"a"]',
      '{}',
      'null',
      '["\\u0000"]',
    ],
    ...[
      '[1,"\\u0000"]',
      '["\\ud800"]',
      '["\' OR 1=1--"]',
      '[null]',
      '[[1]]',
      '[9007199254740991]',
      '[-1]',
      '[9007199254740991,"room_1"]',
    ],
  ].map(cursor);

  it('with a forged cursor is no fault', async () => {
    for (const path of ['/api/problems', `/api/users/${ann.id}/history`, `/api/rooms/${roomId}/submissions`])
      for (const forged of [...FORGED, 'a'.repeat(300), '%00', '%ff'])
        expect([200, 400]).toContain((await send(ann, 'GET', `${path}?cursor=${forged}`)).status);
  });

  it('with what we do not know is refused', async () => {
    for (const query of [
      'sort=password_hash;--',
      'limit=1e9',
      'limit=-1',
      'cursor=a&cursor=b',
      'search[a]=1',
      '__proto__[x]=1',
    ])
      for (const path of ['/api/problems', `/api/users/${ann.id}/history`, `/api/rooms/${roomId}/submissions`])
        expect((await send(ann, 'GET', `${path}?${query}`)).status).toBe(400);
  });

  it('with anything to search for finds what is there, or nothing', async () => {
    for (const search of ['%25%25%25', '_', "'", '%5C', '%00', '%F0%9F%98%80', 'a'.repeat(10_000), '$1'])
      for (const field of ['search', 'tag', 'difficulty'])
        expect([200, 400]).toContain((await send(ann, 'GET', `/api/problems?${field}=${encodeURI(search)}`)).status);
    expect(JSON.parse((await send(ann, 'GET', '/api/problems?search=%25')).text)).toMatchObject({ items: [] });
  });

  it('with a position that cannot be is refused', async () => {
    for (const after of ['-1', '1.5', 'x', '9007199254740992', '1e400', 'NaN', '1&after=2'])
      expect((await send(ann, 'GET', `/api/rooms/${roomId}/events?after=${after}`)).code).toBe('request.malformed');
    expect((await send(ann, 'GET', `/api/rooms/${roomId}/events?after=9007199254740991`)).status).toBe(200);
    for (const id of ['-1', 'x', '1e400'])
      expect((await send(ann, 'GET', `/api/rooms/${roomId}/stream`, undefined, { 'last-event-id': id })).status).toBe(
        400,
      );
  });
});

describe('what is not there', () => {
  it.each([
    ...[
      '/nope',
      '/api',
      '/api/nope',
      '/metrics',
      '/admin',
      '/queues',
      '/debug',
      '/.env',
      '/.git/HEAD',
      '/package.json',
      '/api/admin/users',
    ],
    ...[
      '/api/auth/dev-login',
      '/api/auth/login?userId=1',
      '/..%2f..%2fpackage.json',
      '/%5c..%5cx',
      '/%00',
      '/dist/main.js.map',
      '/src/main.ts',
    ],
    ...['/%ff', '//evil.example/', '/api/rooms/../../etc/passwd'],
  ])('%s is not found', async (path) => {
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])
      expect([400, 404]).toContain((await send(ann, method, path, method === 'GET' ? undefined : '{}')).status);
  });

  it('in a method is not found either', async () => {
    for (const { path } of ROUTE_LIST)
      for (const method of ['PUT', 'PATCH', 'DELETE'])
        expect((await send(ann, method, filled(path, roomId), '{}')).status).toBe(404);
  });

  it.each([
    'TRACE / HTTP/1.1',
    'CONNECT evil.example:80 HTTP/1.1',
    'NONSENSE / HTTP/1.1',
    'GET / HTTP/9.9',
    `GET /${'a'.repeat(60_000)} HTTP/1.1`,
    'GET / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked',
  ])('is said so, or the line is cut: %.40s', async (line) => {
    const { port, hostname } = new URL(server.url);
    const socket = connect(Number(port), hostname);
    socket.write(`${line}\r\nHost: ${hostname}\r\nConnection: close\r\n\r\n`);
    let text = '';
    for await (const chunk of socket) text += String(chunk);
    expect(text === '' || /^HTTP\/1\.1 (400|404|414|431) /.test(text)).toBe(true);
  });

  it('keeps our headers on every good answer too', async () => {
    for (const path of ['/livez', '/readyz', '/api/languages', '/api/problems', '/api/me', `/api/rooms/${roomId}`])
      expect((await send(ann, 'GET', path)).status).toBe(200);
  });
});
