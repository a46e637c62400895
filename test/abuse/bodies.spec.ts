import { gzipSync } from 'node:zlib';
import { ROUTES, type Route } from '../../src/contract/routes';
import { canary, type Content, filled, ROUTE_LIST, send } from '../support/hostile-request';
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

const deep = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;

const WITH_BODY = ROUTE_LIST.filter(({ route }) => route.body).map(({ name, path }) => [name, path] as const);

const BAD_BODIES: [string, Content, Record<string, string>?][] = [
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
  it.each(BAD_BODIES)('refuses %s', async (_: string, body: Content, headers: Record<string, string> = {}) => {
    expect(await send(ann, 'POST', filled(path, roomId), body, headers)).toMatchObject({
      status: 400,
      code: 'request.malformed',
    });
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
  });

  it('refuses 300 kB, announced or not', async () => {
    const large = JSON.stringify({ name: 'x'.repeat(300_000) });
    expect((await send(ann, 'POST', filled(path, roomId), large)).status).toBe(413);
    const chunked = new ReadableStream({
      start(stream) {
        stream.enqueue(Buffer.from(large));
        stream.close();
      },
    });
    const status = await fetch(server.url + filled(path, roomId), {
      method: 'POST',
      headers: { ...ann.headers, 'content-type': 'application/json' },
      body: chunked,
      duplex: 'half',
    } as RequestInit).then((answer) => answer.status);
    expect(status).toBe(413);
  });

  it('refuses every wrong type for each of its fields', async () => {
    const shape = (ROUTES as Record<string, Route>)[name]!.body as unknown as { shape?: object };
    const wrong = [{ a: 1 }, [[]], 1e400, -1, '\u0000', '\ud800', "' OR 1=1--", 'a'.repeat(100_000)];
    for (const field of Object.keys(shape.shape ?? {}))
      for (const value of wrong) await send(ann, 'POST', filled(path, roomId), JSON.stringify({ [field]: value }));
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
    expect((await send(ann, 'POST', '/api/rooms', JSON.stringify({ settings }))).code).toBe('request.malformed');
  });

  it.each(['status', 'hostId', 'winnerId', 'startedAt', 'id', 'isAdmin', 'userId', 'role'])(
    'do not decide %s',
    async (field) => {
      for (const body of [{ [field]: 'room_1' }, { settings: { [field]: 'room_1' } }])
        expect((await send(ann, 'POST', '/api/rooms', JSON.stringify(body))).status).toBe(400);
    },
  );
});
