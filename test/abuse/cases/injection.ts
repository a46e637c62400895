import { filled, ROUTE_LIST, send } from '../../support/hostile-request';
import { request } from '../../support/player';
import { openFor } from '../../support/rooms';
import type { Cases, Stage } from '../case';
import { deep, eachBody, noRouteTakes } from './bodies';

const SQL = [
  "' OR 1=1--",
  '"; DROP TABLE users;--',
  '$1',
  '\u0000',
  'room_\u0000',
  'sub_\u0000',
  '*',
  "room_' OR 1=1--",
];
const IDS = [
  ...['-1', '0', '2147483648', '9223372036854775808', '1e3', '0x10', ' 1', '1.0', 'null', 'undefined', 'NaN'],
  ...['../../etc/passwd', '..\\..\\x', '%', '%00', '__proto__', 'constructor', 'room_', 'room_1', 'a'.repeat(5_000)],
  ...['room_00000000-0000-0000-0000-000000000000', 'sub_00000000-0000-0000-0000-000000000000', '\u202e', '李'],
];

/** No route with a parameter finds anything by these, nor falls over them. */
async function nothingBehind(stage: Stage, ids: readonly string[], encode: (id: string) => string): Promise<void> {
  const admin = await stage.admin();
  for (const { method, path, route } of ROUTE_LIST.filter((one) => one.route.params))
    for (const id of ids) {
      const { status } = await send(
        admin,
        method,
        encode(path).replaceAll('ID', encodeURIComponent(id)),
        route.body && '{}',
      );
      // Nobody has no past: a list of nothing is no leak.
      const isEmptyPast = status === 200 && path.endsWith('/history');
      expect({ path, id, ok: [400, 404].includes(status) || isEmptyPast }).toEqual({ path, id, ok: true });
    }
}
const asParameter = (path: string) => path.replace(/:\w+/g, 'ID');

const cursor = (key: unknown) => Buffer.from(typeof key === 'string' ? key : JSON.stringify(key)).toString('base64url');
const CURSORS = [
  ...['', 'x', '[', '[1e400]', '[1e400,"a"]', '[1.5]', '[1.5,"a"]', '[1e30,"a"]', '{}', 'null', '["\\u0000"]'],
  ...['[1,"\\u0000"]', '["\\ud800"]', '["\' OR 1=1--"]', '[null]', '[[1]]', '[9007199254740991]', '[-1]'],
].map(cursor);

export const INJECTION: Cases = {
  'INJ-01': async (stage) => {
    await nothingBehind(stage, SQL, asParameter);
    const ann = await stage.guest('Ann');
    for (const search of SQL)
      for (const field of ['search', 'tag', 'difficulty']) {
        const found = await send(ann, 'GET', `/api/problems?${field}=${encodeURIComponent(search)}`);
        expect([200, 400]).toContain(found.status);
        if (found.status === 200) expect(JSON.parse(found.text)).toEqual({ items: [], next: null });
      }
    await eachBody(stage, async (player, method, path, { body }) => {
      const { shape } = body as unknown as { shape?: object };
      for (const field of Object.keys(shape ?? {}))
        for (const value of [...SQL, '\ud800', { a: 1 }, [[]], -1, 'a'.repeat(100_000)])
          await send(player, method, path, JSON.stringify({ [field]: value }));
    });
  },
  'INJ-03': async (stage) => {
    const ann = await stage.guest('Ann');
    for (const query of ['sort=password_hash;--', 'order=1', 'cursor=a&cursor=b', 'search[a]=1', '__proto__[x]=1'])
      for (const path of ['/api/problems', `/api/users/${ann.id}/history`, '/api/me/sessions'])
        expect((await send(ann, 'GET', `${path}?${query}`)).code).toBe('request.malformed');
  },
  'INJ-04': async (stage) => {
    const ann = await stage.guest('Ann');
    for (const search of ['%25%25%25', '_', '%5C', '%25', 'a'.repeat(10_000)]) {
      const { status, text } = await send(ann, 'GET', `/api/problems?search=${search}`);
      expect([200, 400]).toContain(status);
      // A wildcard is a letter like any other.
      const { items } = (status === 200 ? JSON.parse(text) : { items: [] }) as { items: { title: string }[] };
      for (const { title } of items) expect(title).toContain(decodeURIComponent(search));
    }
  },
  'INJ-05': async (stage) => {
    await noRouteTakes(
      stage,
      ['{"__proto__":{"isAdmin":true},"nonsense":1}'],
      ['{"constructor":{"prototype":{"isAdmin":true}}}'],
    );
    const ann = await stage.guest('Ann');
    await send(ann, 'GET', '/api/problems?__proto__[isAdmin]=true&constructor[prototype][isAdmin]=true');
    // Whatever is polluted is polluted for all who come after: nobody is more than he was.
    expect((await ann.get('/me')).body).toEqual({
      id: ann.id,
      name: 'Ann',
      guest: true,
      role: 'player',
      avatarUrl: null,
    });
  },
  'INJ-06': (stage) => noRouteTakes(stage, [deep(50_000)], [`{"name":${deep(50_000)},"a":${deep(1_000)}}`]),
  'INJ-08': async (stage) => {
    await nothingBehind(stage, IDS, asParameter);
    const admin = await stage.admin();
    for (const { method, path, route } of ROUTE_LIST.filter((one) => one.route.params))
      for (const id of ['%ff', '%', '%c0%ae', '%zz'])
        expect([400, 404]).toContain((await send(admin, method, path.replace(/:\w+/g, id), route.body && '{}')).status);
  },
  'INJ-09': async (stage) => {
    const [ann, ben] = [await stage.guest('Ann'), await stage.guest('Ben')];
    const { id } = await openFor(ann, ben);
    const lists = ['/api/problems', `/api/users/${ann.id}/history`, `/api/rooms/${id}/submissions`, '/api/me/sessions'];
    for (const path of lists) {
      for (const query of ['limit=-1', 'limit=0', 'limit=1e9', 'limit=abc', 'page=2'])
        expect((await send(ann, 'GET', `${path}?${query}`)).status).toBe(400);
      for (const forged of [...CURSORS, 'a'.repeat(300), '%00', '%ff'])
        expect([200, 400]).toContain((await send(ann, 'GET', `${path}?cursor=${forged}`)).status);
    }
    for (const after of ['-1', '1.5', 'x', '9007199254740992', '1e400', 'NaN', '1&after=2'])
      expect((await send(ann, 'GET', `/api/rooms/${id}/events?after=${after}`)).code).toBe('request.malformed');
    for (const last of ['-1', 'x', '1e400'])
      expect((await send(ann, 'GET', `/api/rooms/${id}/stream`, undefined, { 'last-event-id': last })).status).toBe(
        400,
      );
  },
  'INJ-11': async (stage) => {
    const ann = await stage.guest('Ann');
    for (const name of ['a\r\nSet-Cookie: x=1\r\n[ERROR] fake\u0000', 'a\u001b[31m', 'a\nb\u0007'])
      expect((await request(stage.url, 'POST', '/api/auth/guest', { name })).status).toBe(400);
    for (const path of ['/api/rooms/a%0d%0aSet-Cookie:%20x=1', '/api/auth/google?returnTo=/%0d%0aSet-Cookie:%20x=1']) {
      const { headers } = await fetch(stage.url + path, { headers: ann.headers, redirect: 'manual' });
      expect(headers.getSetCookie().join()).not.toContain('x=1');
    }
    const lines = stage.log().split('\n').slice(0, -1);
    expect(lines.filter((line) => line !== '' && !line.startsWith('{'))).toEqual([]);
  },
  'INJ-12': async (stage) => {
    const ann = await stage.guest('Ann');
    const evil = ['a-'.repeat(25_000), `${'a'.repeat(50_000)}!`, '-'.repeat(50_000), `${' '.repeat(50_000)}x`];
    for (const text of evil) {
      await send(ann, 'POST', '/api/auth/guest', JSON.stringify({ name: text }));
      await send(ann, 'POST', '/api/rooms', JSON.stringify({ settings: { problems: [text], languages: [text] } }));
      await send(ann, 'POST', '/api/rooms/join', JSON.stringify({ code: text, password: text }));
      for (const path of ['/api/problems/:x', '/api/rooms/:x', '/api/problems?search=:x', '/api/problems?cursor=:x'])
        await fetch(stage.url + filled(path, text.slice(0, 12_000)), { headers: ann.headers });
    }
  },
};
