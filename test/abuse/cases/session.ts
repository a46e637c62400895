import { eventually } from '../../support/eventually';
import { ROUTE_LIST, filled } from '../../support/hostile-request';
import { request } from '../../support/player';
import { openFor, roomOf } from '../../support/rooms';
import type { Cases, Stage } from '../case';

const EVIL = 'https://evil.example';
const refresh = ({ url }: Stage, cookie: string) => request(url, 'POST', '/api/auth/refresh', undefined, { cookie });
const nextOf = (reply: Awaited<ReturnType<typeof refresh>>) => reply.headers.getSetCookie()[0]!.split(';')[0]!;

export const SESSION: Cases = {
  'SESSION-01': {
    heldBy: 'test/e2e/sessions.spec.ts',
    as: 'that comes back after the grace ends the family: successors, access tokens and sockets',
  },
  'SESSION-02': async (stage) => {
    const { cookie } = await stage.guest('Ann');
    const both = await Promise.all([refresh(stage, cookie), refresh(stage, cookie)]);
    for (const reply of both) {
      expect(reply.status).toBe(200);
      expect((await refresh(stage, nextOf(reply))).status).toBe(200);
    }
  },
  'SESSION-04': async (stage) => {
    const ann = await stage.guest('Ann');
    expect((await ann.post('/auth/logout')).status).toBe(204);
    expect((await refresh(stage, ann.cookie)).status).toBe(401);
  },
  'SESSION-05': async (stage) => {
    const [ann, ben] = [await stage.guest('Ann'), await stage.guest('Ben')];
    const room = await openFor(ann, ben);
    const [tabs, benSees] = [[await ann.watch(room.id), await ann.watch(room.id)], await ben.watch(room.id)];
    await ann.post('/auth/logout');
    for (const { socket } of tabs)
      await eventually('the socket closes', () => socket.disconnected, { patienceMs: 5_000 });
    await ben.post(`/rooms/${room.id}/ready`, { ready: true });
    await benSees.until('player.ready');
    for (const tab of tabs) expect(tab.types()).not.toContain('player.ready');
  },
  'SESSION-06': async (stage) => {
    const { headers } = await request(stage.url, 'POST', '/api/auth/guest', { name: 'Ann' });
    expect(headers.getSetCookie()[0]).toMatch(/; Path=\/api\/auth; Expires=[^;]+; HttpOnly; SameSite=Lax$/);
    const { browser } = await stage.google();
    const visitor = browser();
    await visitor.visit('/api/auth/google');
    expect(visitor.set.length).toBeGreaterThan(1);
    for (const one of visitor.set) expect(one).toMatch(/^__Host-.*; Path=\/; .*HttpOnly; Secure; SameSite=Lax$/);
  },
  'SESSION-07': async (stage) => {
    const ann = await stage.guest('Ann');
    const form = { cookie: ann.cookie, origin: EVIL, 'content-type': 'application/x-www-form-urlencoded' };
    for (const { path } of ROUTE_LIST.filter(({ method }) => method !== 'GET'))
      expect((await request(stage.url, 'POST', filled(path, 'room_1'), 'a=b', form)).status).toBe(403);
    expect((await ann.get('/me')).status).toBe(200);
    expect((await refresh(stage, ann.cookie)).status).toBe(200);
  },
  'SESSION-10': async (stage) => {
    const [ann, ben] = [await stage.guest('Ann'), await stage.guest('Ben')];
    const room = await openFor(ann, ben);
    const before = await roomOf(ann, room.id);
    const reading = ROUTE_LIST.filter((one) => one.method === 'GET').map(({ path }) => path);
    for (const { path } of ROUTE_LIST.filter((one) => one.method === 'POST' && !reading.includes(one.path)))
      for (const method of ['GET', 'HEAD']) {
        const { status } = await request(stage.url, method, filled(path, room.id), undefined, ann.headers);
        // What staff alone may read tells nobody else whether it is there.
        expect({ path, status }).toEqual({
          path,
          status: path.startsWith('/api/admin/') && status === 403 ? 403 : 404,
        });
      }
    expect(await roomOf(ann, room.id)).toEqual(before);
  },
  'SESSION-11': async ({ url }) => {
    const preflight = { 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' };
    for (const method of ['OPTIONS', 'GET', 'POST'])
      for (const path of ['/api/me', '/api/rooms', '/api/auth/refresh', '/ws/?EIO=4&transport=polling', '/']) {
        const { headers } = await fetch(url + path, { method, headers: { origin: EVIL, ...preflight } });
        expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
      }
  },
};
