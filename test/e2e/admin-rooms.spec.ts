import type { Player } from '../support/player';
import { atOnce, expectDone, expectRefused, openFor, startFor, submit, SUM } from '../support/rooms';
import { startServer, type TestServer } from '../support/server';
import { auditOf, everyPage, staff } from '../support/staff';

let server: TestServer;
let admin: Player;
let judge: Player;
beforeAll(async () => {
  server = await startServer();
  [admin, judge] = [await staff(server, 'admin'), await staff(server, 'judge')];
});
afterAll(() => server.close());

const pair = async (): Promise<[Player, Player]> => [await server.guest('Ann'), await server.guest('Ben')];
const ids = (items: readonly Record<string, unknown>[]) => items.map(({ id }) => id);

describe('rooms', () => {
  it('are found by code however it is typed, by id, by player and by phase', async () => {
    const [ann, ben] = await pair();
    const lobby = await openFor(ann, ben);
    const [cat, dan] = await pair();
    const running = await startFor(cat, dan);
    const watch = await cat.watch(running.id, 0);
    await watch.until('contest.started');
    await submit(cat, running.id, SUM);
    await watch.until('submission.judged');
    const found = async (query: string) => ids(await everyPage(judge, `/admin/rooms?${query}`));
    const typed = `${lobby.code.slice(0, 4).toLowerCase()}-${lobby.code.slice(4)}`;
    expect(await found(`search=${typed}`)).toEqual([lobby.id]);
    expect(await found(`search=${running.id}`)).toEqual([running.id]);
    expect(await found(`userId=${ben.id}`)).toEqual([lobby.id]);
    expect(await found('phase=lobby')).toContain(lobby.id);
    expect(await found('phase=running')).toContain(running.id);
    expect(await found('phase=running')).not.toContain(lobby.id);
    expect(await found('phase=live')).toEqual(expect.arrayContaining([lobby.id, running.id]));
    const { body } = await judge.get(`/admin/rooms/${running.id}`);
    expect(body).toMatchObject({
      ...{ id: running.id, phase: 'running', host: { userId: cat.id }, submissions: 1, pending: 0, minutes: 10 },
      problems: [{ label: 'A', slug: 'a-plus-b' }],
      players: [
        { userId: cat.id, seat: 1 },
        { userId: dan.id, seat: 2 },
      ],
    });
    expect((await judge.get('/admin/rooms?search=NONE')).body.items).toEqual([]);
    await expectRefused(judge.get('/admin/rooms/room_none'), 'room.not-found');
  });

  it('are closed once, with the reason in the audit log, and both are told', async () => {
    const [ann, ben] = await pair();
    const room = await startFor(ann, ben);
    const sees = await ben.watch(room.id, 0);
    await sees.until('contest.started');
    await expectRefused(judge.post(`/admin/rooms/${room.id}/close`, { reason: 'No' }), 'auth.forbidden');
    const closed = await atOnce(5, () => admin.post(`/admin/rooms/${room.id}/close`, { reason: 'Maintenance' }));
    expect(closed.map(({ body }) => body.happened.length).toSorted()).toEqual([0, 0, 0, 0, 2]);
    await sees.until('contest.finalized');
    expect((await judge.get(`/admin/rooms/${room.id}`)).body.phase).toBe('final');
    expect(await auditOf(server, room.id)).toMatchObject([
      {
        actor: admin.id,
        action: 'room.close',
        detail: { reason: 'Maintenance', happened: ['contest.ended', 'contest.finalized'] },
      },
    ]);
    await expectRefused(admin.post('/admin/rooms/room_none/close', { reason: 'None' }), 'room.not-found');
  });

  it('show each once, page after page, also while some are opened', async () => {
    const hosts = await atOnce(55, (index) => server.guest(`Host ${index}`));
    const opened = await Promise.all(hosts.map((host) => host.post('/rooms', {})));
    const first = (await judge.get('/admin/rooms')).body;
    const [late] = await pair();
    await late.post('/rooms', {});
    const rest = await everyPage(judge, '/admin/rooms', first.next);
    const seen = ids([...first.items, ...rest]);
    expect(new Set(seen).size).toBe(seen.length);
    for (const { body } of opened) expect(seen).toContain(body.room.id);
  });
});

describe('an announcement', () => {
  it('goes to one room, as often as it is made, and is noted', async () => {
    const [ann, ben] = await pair();
    const room = await openFor(ann, ben);
    const sees = await ann.watch(room.id, 0);
    for (const text of ['Hello', 'Hello']) await expectDone(judge.post(`/admin/rooms/${room.id}/announce`, { text }));
    await sees.until(() => sees.types().filter((type) => type === 'announcement.posted').length === 2);
    expect(await auditOf(server, room.id)).toMatchObject([
      { actor: judge.id, action: 'room.announce', detail: { text: 'Hello' } },
      { action: 'room.announce' },
    ]);
    await expectRefused(judge.post(`/admin/rooms/${room.id}/announce`, { text: ' ' }), 'request.malformed');
    await expectRefused(judge.post('/admin/rooms/room_none/announce', { text: 'x' }), 'room.not-found');
  });

  it('goes to all rooms that are live, once to each, and tells how many', async () => {
    const [ann, ben] = await pair();
    const over = await openFor(ann, ben);
    await expectDone(ann.post(`/rooms/${over.id}/cancel`));
    const room = await openFor(ann, ben);
    const live = await everyPage(judge, '/admin/rooms?phase=live');
    const { status, body } = await judge.post('/admin/announcements', { text: 'Back in five minutes' });
    expect([status, body]).toEqual([200, { rooms: live.length }]);
    const told = await server.world.db.query<{ room_id: string }[]>(
      `SELECT room_id FROM room_events WHERE type = 'announcement.posted' AND data->>'text' = 'Back in five minutes'`,
    );
    expect(told.map(({ room_id }) => room_id).toSorted()).toEqual(ids(live).toSorted());
    expect(ids(live)).toContain(room.id);
    expect(await auditOf(server, 'all')).toMatchObject([{ actor: judge.id, action: 'rooms.announce' }]);
  });
});
