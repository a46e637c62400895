import { gzipSync } from 'node:zlib';
import { ROUTES, type Route } from '../../src/contract/routes';
import { connect } from 'node:net';
import type { Player } from '../support/player';
import { expectDone, openFor, startFor, submission, SUM } from '../support/rooms';
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
  await canary();
  await server.close();
});

/** After all that, a duel works as ever. */
async function canary(): Promise<void> {
  const [cat, dan] = [await server.guest('Cat'), await server.guest('Dan')];
  const room = await startFor(cat, dan);
  const sees = await cat.watch(room.id, 0);
  expect((await cat.post(`/rooms/${room.id}/submissions`, submission(SUM))).status).toBe(202);
  await sees.until((event) => event.type === 'submission.judged' && event.data.verdict === 'AC');
  await expectDone(dan.post(`/rooms/${room.id}/resign`));
  expect((await sees.until('contest.finalized')).data.winnerId).toBe(cat.id);
}

type Content = NonNullable<RequestInit['body']>;

const LEAKS =
  /\n\s+at |node_modules|\/src\/|\.ts:|select |insert |update |typeorm|postgres|express|zod|body-parser|syntaxerror|queryfailed/i;

/** Sends anything, and holds every answer against what all answers must have. */
async function send(
  method: string,
  path: string,
  body?: Content,
  headers: Record<string, string> = {},
): Promise<{ status: number; code: string | undefined; text: string }> {
  const { authorization, cookie } = ann.headers as { authorization: string; cookie: string };
  const answer = await fetch(server.url + path, {
    method,
    headers: { authorization, cookie, 'content-type': 'application/json', ...headers },
    ...(body !== undefined && { body }),
    signal: AbortSignal.timeout(20_000),
  });
  const text = await answer.text();
  const where = `${method} ${path.slice(0, 100)}`;
  expect({ where, fault: answer.status >= 500 }).toEqual({ where, fault: false });
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  expect(answer.headers.get('content-security-policy')).toMatch(
    /object-src 'none'.*base-uri 'none'.*frame-ancestors 'none'/,
  );
  expect(answer.headers.get('content-security-policy')).toMatch(/script-src 'self'(;|$)/);
  expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
  expect(answer.headers.get('x-powered-by')).toBeNull();
  expect(answer.headers.get('x-request-id')).toMatch(/^req_/);
  if (answer.status < 400 || method === 'HEAD') return { status: answer.status, code: undefined, text };
  const { error } = JSON.parse(text) as { error: { code: string; message: string; requestId: string } };
  expect(error.message.length).toBeGreaterThan(0);
  expect(error.requestId).toBe(answer.headers.get('x-request-id'));
  expect(text).not.toMatch(LEAKS);
  return { status: answer.status, code: error.code, text };
}

const ROUTE_LIST = Object.entries(ROUTES as Record<string, Route>).map(([name, route]) => {
  const [method, path] = name.split(' ') as [string, string];
  return { name, method, path, route };
});
/** A path of the table with something put in for its parameters. */
const filled = (path: string, id = roomId) => path.replace(/:\w+/g, encodeURIComponent(id));
const deep = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;

const WITH_BODY = ROUTE_LIST.filter(({ route }) => route.body).map(({ name, path }) => [name, path] as const);

const BAD_BODIES: readonly (readonly [string, Content, Record<string, string>?])[] = [
  ['half of JSON', '{"name":'],
  ['a text', '"x"'],
  ['a number', '7'],
  ['null', 'null'],
  ['a list', '[]'],
  ['a list of lists', '[[{}]]'],
  ['a field that is not known', '{"nonsense":1}'],
  ['depth', `{"name":${deep(50_000)},"a":${deep(1_000)}}`],
  ['a deep list', deep(50_000)],
  ['a prototype', '{"__proto__":{"isAdmin":true}}'],
  ['a constructor', '{"constructor":{"prototype":{"isAdmin":true}}}'],
  ['another name for JSON', '<a/>', { 'content-type': 'application/xml' }],
  ['a form', 'name=Ann&ready=true', { 'content-type': 'application/x-www-form-urlencoded' }],
  ['several parts', '--x\r\n\r\n{}\r\n--x--', { 'content-type': 'multipart/form-data; boundary=x' }],
  ['no name at all', '{"name":"Ann"}', { 'content-type': '' }],
  ['plain text', '{"name":"Ann"}', { 'content-type': 'text/plain' }],
  ['UTF-16', Buffer.from('{"name":"Ann"}', 'utf16le'), { 'content-type': 'application/json; charset=utf-16' }],
  ['what it says is gzip', gzipSync('{"name":"Ann"}'), { 'content-encoding': 'gzip' }],
  ['a bomb', gzipSync(Buffer.alloc(20_000_000, ' ')), { 'content-encoding': 'gzip' }],
  ['what it says is brotli', 'x', { 'content-encoding': 'br' }],
];

describe.each(WITH_BODY)('%s', (name, path) => {
  it.each(BAD_BODIES)('refuses %s', async (_, body, headers = {}) => {
    expect(await send('POST', filled(path), body, headers)).toMatchObject({ status: 400, code: 'request.malformed' });
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
  });

  it('refuses 300 kB, announced or not', async () => {
    const large = JSON.stringify({ name: 'x'.repeat(300_000) });
    expect((await send('POST', filled(path), large)).status).toBe(413);
    const chunked = new ReadableStream({
      start(stream) {
        stream.enqueue(Buffer.from(large));
        stream.close();
      },
    });
    const status = await fetch(server.url + filled(path), {
      method: 'POST',
      headers: { ...ann.headers, 'content-type': 'application/json' },
      body: chunked,
      duplex: 'half',
    }).then((answer) => answer.status);
    expect(status).toBe(413);
  });

  it('refuses every wrong type for each of its fields', async () => {
    const shape = (ROUTES as Record<string, Route>)[name]!.body as unknown as { shape?: object };
    const wrong = [{ a: 1 }, [[]], 1e400, -1, '\u0000', '\ud800', "' OR 1=1--", 'a'.repeat(100_000)];
    for (const field of Object.keys(shape.shape ?? {}))
      for (const value of wrong) await send('POST', filled(path), JSON.stringify({ [field]: value }));
  });
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
      const { status } = await send(method, filled(path, id), method === 'POST' ? '{}' : undefined);
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
        (await send(method, path.replace(/:\w+/g, id), method === 'POST' ? '{}' : undefined)).status,
      );
  });
});

describe('settings of a room', () => {
  it.each<[string, object]>([
    ...[0, -1, 1e9, 2 ** 31 + 1, 'abc', null, 0.01].map((minutes): [string, object] => [
      `${minutes} minutes`,
      { minutes },
    ]),
    ['a NUL among the tags', { problems: { count: 1, tags: ['a\u0000b'] } }],
    ['half a character among the tags', { problems: { count: 1, tags: ['\ud800'] } }],
    ['1,000 tags', { problems: { count: 1, tags: Array(1_000).fill('a') } }],
    ['no problem', { problems: [] }],
    ['a problem that is a path', { problems: ['../../etc'] }],
    ['a language that is code', { languages: ["c'; DROP TABLE rooms"] }],
    ['an empty password', { password: '' }],
    ['a password of 1 kB', { password: 'a'.repeat(1_000) }],
    ['a countdown of an hour', { countdownSeconds: 3_600 }],
    ['a freeze beyond the contest', { minutes: 5, freezeMinutes: 6 }],
  ])('may not have %s', async (_, settings) => {
    expect((await send('POST', '/api/rooms', JSON.stringify({ settings }))).code).toBe('request.malformed');
  });

  it.each(['status', 'hostId', 'winnerId', 'startedAt', 'id', 'isAdmin', 'userId', 'role'])(
    'do not decide %s',
    async (field) => {
      for (const body of [{ [field]: 'room_1' }, { settings: { [field]: 'room_1' } }])
        expect((await send('POST', '/api/rooms', JSON.stringify(body))).status).toBe(400);
    },
  );
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
        expect([200, 400]).toContain((await send('GET', `${path}?cursor=${forged}`)).status);
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
        expect((await send('GET', `${path}?${query}`)).status).toBe(400);
  });

  it('with anything to search for finds what is there, or nothing', async () => {
    for (const search of ['%25%25%25', '_', "'", '%5C', '%00', '%F0%9F%98%80', 'a'.repeat(10_000), '$1'])
      for (const field of ['search', 'tag', 'difficulty'])
        expect([200, 400]).toContain((await send('GET', `/api/problems?${field}=${encodeURI(search)}`)).status);
    expect(JSON.parse((await send('GET', '/api/problems?search=%25')).text)).toMatchObject({ items: [] });
  });

  it('with a position that cannot be is refused', async () => {
    for (const after of ['-1', '1.5', 'x', '9007199254740992', '1e400', 'NaN', '1&after=2'])
      expect((await send('GET', `/api/rooms/${roomId}/events?after=${after}`)).code).toBe('request.malformed');
    expect((await send('GET', `/api/rooms/${roomId}/events?after=9007199254740991`)).status).toBe(200);
    for (const id of ['-1', 'x', '1e400'])
      expect((await send('GET', `/api/rooms/${roomId}/stream`, undefined, { 'last-event-id': id })).status).toBe(400);
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
      expect([400, 404]).toContain((await send(method, path, method === 'GET' ? undefined : '{}')).status);
  });

  it('in a method is not found either', async () => {
    for (const { path } of ROUTE_LIST)
      for (const method of ['PUT', 'PATCH', 'DELETE'])
        expect((await send(method, filled(path), '{}')).status).toBe(404);
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
      expect((await send('GET', path)).status).toBe(200);
  });
});
