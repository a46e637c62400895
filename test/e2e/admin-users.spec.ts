import type { UserId } from '../../src/contract/terms';
import { CLI } from '../../src/store/audit.store';
import { Grants } from '../../src/auth/grants.service';
import { eventually } from '../support/eventually';
import type { Player } from '../support/player';
import { atOnce, expectDone, expectRefused, openFor, startFor, tally } from '../support/rooms';
import { startServer, type TestServer } from '../support/server';
import { auditOf, everyPage, staff } from '../support/staff';

let server: TestServer;
let admin: Player;
beforeAll(async () => {
  server = await startServer();
  admin = await staff(server, 'admin', 'Root');
});
afterAll(() => server.close());

const ids = (items: readonly Record<string, unknown>[]) => items.map(({ id }) => id);

describe('the list of users', () => {
  it('finds by the beginning of a name in any case, and by a whole id', async () => {
    const zoe = await server.guest('Zoë Zaun');
    const zora = await server.guest('zora');
    const other = await server.guest('Azora');
    expect(ids((await admin.get('/admin/users?search=ZO')).body.items)).toEqual(
      expect.arrayContaining([zoe.id, zora.id]),
    );
    expect(ids((await admin.get('/admin/users?search=zo')).body.items)).not.toContain(other.id);
    expect(ids((await admin.get(`/admin/users?search=${encodeURIComponent('ZOË')}`)).body.items)).toEqual([zoe.id]);
    expect(ids((await admin.get(`/admin/users?search=${zora.id}`)).body.items)).toEqual([zora.id]);
    for (const search of ['%25', '_', "'", '\\'])
      expect((await admin.get(`/admin/users?search=${search}`)).body.items).toEqual([]);
  });

  it('narrows by role, ban and being a guest', async () => {
    const judge = await staff(server, 'judge', 'Nora');
    const banned = await server.guest('Nolan');
    await expectDone(admin.post(`/admin/users/${banned.id}/ban`, { reason: 'Spam' }));
    expect(ids(await everyPage(admin, '/admin/users?role=judge'))).toEqual([judge.id]);
    expect(ids(await everyPage(admin, '/admin/users?banned=true'))).toEqual([banned.id]);
    expect(ids(await everyPage(admin, '/admin/users?search=no&banned=false'))).toEqual([judge.id]);
    expect(await everyPage(admin, '/admin/users?guest=false')).toEqual([]);
    await expectRefused(admin.get('/admin/users?role=king'), 'request.malformed');
  });

  it.each(['/admin/users', '/admin/users?search=many'])('%s shows each once, also while some arrive', async (path) => {
    const many = await atOnce(60, (index) => server.guest(`Many ${index}`));
    const first = (await admin.get(path)).body;
    expect(first.items).toHaveLength(50);
    await server.guest('Many more');
    const rest = await everyPage(admin, path, first.next);
    const seen = ids([...first.items, ...rest]);
    expect(new Set(seen).size).toBe(seen.length);
    for (const { id } of many) expect(seen).toContain(id);
  });

  it('of one shows what he played, where he is and how often he is signed in', async () => {
    const [ann, ben] = [await server.guest('Ann'), await server.guest('Ben')];
    const room = await openFor(ann, ben);
    const { body } = await admin.get(`/admin/users/${ben.id}`);
    expect(body).toMatchObject({
      id: ben.id,
      name: 'Ben',
      role: 'player',
      bannedAt: null,
      sessions: 1,
      openRooms: [room.id],
    });
    expect(body.stats).toMatchObject({ contests: 0, winRate: null });
    await expectRefused(admin.get('/admin/users/user_none'), 'user.not-found');
  });
});

describe('a role', () => {
  it('is given and noted with the request, the same again changes nothing', async () => {
    const ann = await server.guest('Ann');
    const given = await admin.ask('PUT', `/admin/users/${ann.id}/role`, { role: 'setter' });
    expect(given.status).toBe(204);
    await expectDone(admin.ask('PUT', `/admin/users/${ann.id}/role`, { role: 'setter' }));
    expect((await ann.get('/me')).body.role).toBe('setter');
    expect(await auditOf(server, ann.id)).toEqual([
      {
        ...{ actor: admin.id, action: 'user.grant', detail: { from: 'player', to: 'setter' } },
        request_id: given.headers.get('x-request-id'),
      },
    ]);
  });

  it('is not his own to change, and the last admin keeps his however many take it at once', async () => {
    await expectRefused(admin.ask('PUT', `/admin/users/${admin.id}/role`, { role: 'player' }), 'auth.forbidden');
    await expectRefused(admin.post(`/admin/users/${admin.id}/ban`, { reason: 'Me' }), 'auth.forbidden');
    const others = [await staff(server, 'admin', 'Two'), await staff(server, 'admin', 'Three')];
    const all = [admin, ...others];
    const takes = all.flatMap((one) => all.filter((other) => other !== one).map((other) => [one, other] as const));
    const replies = await Promise.all(
      takes.map(([one, other]) => one.ask('PUT', `/admin/users/${other.id}/role`, { role: 'player' })),
    );
    expect(
      Object.keys(tally(replies)).filter((one) => !['204', 'user.last-admin', 'auth.forbidden'].includes(one)),
    ).toEqual([]);
    const left = await server.world.db.query<{ id: string }[]>(`SELECT id FROM users WHERE role = 'admin'`);
    expect(left.length).toBeGreaterThanOrEqual(1);
    await server.app.get(Grants).grant(admin.id as UserId, 'admin', CLI);
    await eventually('he is admin again', async () => (await admin.get('/admin/users')).status === 200);
  });
});

describe('a ban', () => {
  it('acts at once, is noted with its reason, and is lifted', async () => {
    const [ann, ben] = [await server.guest('Ann'), await server.guest('Ben')];
    const room = await startFor(ann, ben);
    const sees = await ann.watch(room.id, 0);
    for (let time = 0; time < 2; time += 1)
      await expectDone(admin.post(`/admin/users/${ben.id}/ban`, { reason: 'Two accounts' }));
    await expectRefused(ben.get('/me'), 'auth.banned');
    expect((await sees.until('contest.finalized')).data).toMatchObject({ winnerId: ann.id, reason: 'forfeit' });
    for (let time = 0; time < 2; time += 1) await expectDone(admin.post(`/admin/users/${ben.id}/unban`));
    await eventually('he is let in', async () => (await ben.get('/me')).status === 200);
    expect(await auditOf(server, ben.id)).toMatchObject([
      { actor: admin.id, action: 'user.ban', detail: { reason: 'Two accounts' } },
      { actor: admin.id, action: 'user.unban' },
    ]);
    await expectRefused(admin.post('/admin/users/user_none/ban', { reason: 'None' }), 'user.not-found');
    await expectRefused(admin.post(`/admin/users/${ben.id}/ban`, {}), 'request.malformed');
  });
});

describe('sessions of somebody', () => {
  it('are listed and ended, one and all, and nobody else’s', async () => {
    const [ann, ben] = [await server.guest('Ann'), await server.guest('Ben')];
    const { body } = await admin.get(`/admin/users/${ann.id}/sessions`);
    expect(body.items).toHaveLength(1);
    const [{ id }] = body.items;
    await expectRefused(admin.ask('DELETE', `/admin/users/${ben.id}/sessions/${id}`), 'session.not-found');
    expect((await ann.get('/me')).status).toBe(200);
    await expectDone(admin.ask('DELETE', `/admin/users/${ann.id}/sessions/${id}`));
    await expectRefused(ann.get('/me'), 'auth.expired');
    await expectDone(admin.ask('DELETE', `/admin/users/${ben.id}/sessions`));
    await expectRefused(ben.get('/me'), 'auth.expired');
    expect((await admin.get(`/admin/users/${ben.id}/sessions`)).body.items).toEqual([]);
    expect(await auditOf(server, ben.id)).toMatchObject([{ actor: admin.id, action: 'user.sign-out' }]);
    expect(await auditOf(server, ann.id)).toMatchObject([{ detail: { sessionId: id } }]);
  });
});
