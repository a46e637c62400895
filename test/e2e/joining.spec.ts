import type { Player } from '../support/player';
import { atOnce, expectDone, expectRefused, openFor, roomOf, startFor, tally } from '../support/rooms';
import { startServer, type TestServer } from '../support/server';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

const crowd = (count: number, name = 'Crowd') => atOnce(count, (index) => server.guest(`${name} ${index}`));

/** Opens a room without a password. */
async function openRoom(host: Player, settings: object = {}): Promise<{ id: string; code: string }> {
  const { status, body } = await host.post('/rooms', { settings: { password: null, ...settings } });
  expect(status).toBe(201);
  return body.room;
}
const join = (player: Player, room: { code: string; password?: string }, more: object = {}) =>
  player.post('/rooms/join', { code: room.code, ...(room.password && { password: room.password }), ...more });

describe('two players, never three', () => {
  it('gives fifty who join at once the two seats of a referee’s room, and refuses the others', async () => {
    const [host, ...players] = await crowd(51);
    const room = await openRoom(host!, { hostPlays: false });
    const replies = await Promise.all(players.map((player) => join(player, room)));
    expect(tally(replies)).toEqual({ 200: 2, 'room.full': 48 });
    const { players: seated } = await roomOf(host!, room.id);
    const admitted = players.filter((_, index) => replies[index]!.status === 200).map(({ id }) => id);
    expect(seated.map(({ seat }: { seat: number }) => seat)).toEqual([1, 2]);
    expect(seated.map(({ userId }: { userId: string }) => userId).sort()).toEqual(admitted.sort());
  });

  it('gives the last seat to one of four, in many rooms at once', async () => {
    const rooms = await atOnce(12, async (index) => {
      const [host, ...rivals] = await crowd(5, `Rival ${index}`);
      return { host: host!, room: await openRoom(host!), rivals };
    });
    const outcomes = await Promise.all(
      rooms.map(async ({ room, rivals }) => tally(await Promise.all(rivals.map((rival) => join(rival, room))))),
    );
    expect(outcomes).toEqual(rooms.map(() => ({ 200: 1, 'room.full': 3 })));
    for (const { host, room } of rooms) expect((await roomOf(host, room.id)).players).toHaveLength(2);
  });

  it('opens a room on the defaults for a host who settles nothing, with or without a body', async () => {
    for (const body of [undefined, {}, { settings: {} }]) {
      const [host] = await crowd(1);
      const opened = await host!.post('/rooms', body);
      expect(opened.status).toBe(201);
      expect(opened.body.room.settings).toMatchObject({ minutes: 30, problems: { count: 3 }, hostPlays: true });
      expect(opened.body.password).toEqual(expect.any(String));
    }
  });

  it('answers who joins again with the very same', async () => {
    const [host, ben] = await crowd(2);
    const room = await openRoom(host!);
    const { body: first } = await join(ben!, room);
    expect((await join(ben!, room)).body).toEqual(first);
  });

  it('seats somebody who joins twice at once a single time', async () => {
    const [host, ben] = await crowd(2);
    const room = await openRoom(host!, { hostPlays: false });
    expect(tally(await atOnce(10, () => join(ben!, room)))).toEqual({ 200: 10 });
    const { events } = (await host!.get(`/rooms/${room.id}/events`)).body;
    expect(events.map(({ type }: { type: string }) => type)).toEqual(['room.opened', 'player.joined']);
  });
});

describe('somebody who joins as a player and as a spectator at once', () => {
  it('plays, wherever there is a seat', async () => {
    const rooms = await atOnce(12, async (index) => {
      const [host, guest] = await crowd(2, `Both ${index}`);
      return { host: host!, guest: guest!, room: await openRoom(host!, { spectators: true }) };
    });
    const replies = await Promise.all(
      rooms.flatMap(({ guest, room }) =>
        ['player', 'spectator', 'player', 'spectator'].map((as) => join(guest, room, { as })),
      ),
    );
    expect(tally(replies)).toEqual({ 200: 48 });
    for (const { guest, room } of rooms) {
      expect((await roomOf(guest, room.id)).players).toHaveLength(2);
      await expectDone(guest.post(`/rooms/${room.id}/leave`));
      await expectRefused(guest.get(`/rooms/${room.id}`), 'room.not-found');
    }
  });
});

describe('one live room per player', () => {
  it('refuses to open or join a second one, however many are tried at once, until the contest has ended', async () => {
    const [ann, ben, ...hosts] = await crowd(12);
    const rooms = await Promise.all(hosts.map((host) => openRoom(host)));
    const replies = await Promise.all(rooms.map((room) => join(ben!, room)));
    expect(tally(replies)).toEqual({ 200: 1, 'player.already-in-a-room': 9 });
    await expectDone(ben!.post(`/rooms/${rooms[replies.findIndex(({ status }) => status === 200)]!.id}/leave`));

    const { id } = await startFor(ann!, ben!);
    await expectRefused(ann!.post('/rooms'), 'player.already-in-a-room');
    await expectRefused(join(ben!, rooms[0]!), 'player.already-in-a-room');
    await expectDone(ben!.post(`/rooms/${id}/resign`));
    expect((await join(ben!, rooms[0]!)).status).toBe(200);
    expect((await ann!.post('/rooms')).status).toBe(201);
  });

  it('opens one of many rooms asked for at once', async () => {
    const [ann] = await crowd(1);
    const replies = await atOnce(10, () => ann!.post('/rooms', { settings: { password: null } }));
    expect(tally(replies)).toEqual({ 201: 1, 'player.already-in-a-room': 9 });
  });
});

describe('the door of a room', () => {
  it('makes a password unless told otherwise, and tells it once', async () => {
    const [ann, ben] = await crowd(2);
    const { room, password } = (await ann!.post('/rooms')).body;
    expect(password).toMatch(/^[0-9A-Z]{6}$/);
    expect(room.locked).toBe(true);
    expect(JSON.stringify((await ann!.get(`/rooms/${room.id}`)).body)).not.toContain(password);
    await expectRefused(join(ben!, room), 'room.wrong-password');
    await expectRefused(join(ben!, room, { password: 'guess' }), 'room.wrong-password');
    expect((await join(ben!, room, { password })).status).toBe(200);
    expect((await join(ben!, room)).status).toBe(200);
  });

  it('takes a password of one’s own, and none', async () => {
    const [ann, ben, cid, dan] = await crowd(4);
    const own = (await ann!.post('/rooms', { settings: { password: 'über alles 7' } })).body;
    expect(own.password).toBe('über alles 7');
    await expectRefused(join(ben!, own.room, { password: 'uber alles 7' }), 'room.wrong-password');
    expect((await join(ben!, own.room, { password: 'über alles 7' })).status).toBe(200);
    const none = (await cid!.post('/rooms', { settings: { password: null } })).body;
    expect(none.room.locked).toBe(false);
    expect(none).not.toHaveProperty('password');
    expect((await join(dan!, none.room, { password: 'whatever' })).status).toBe(200);
  });

  it('reads codes as people type them', async () => {
    const [ann, ben] = await crowd(2);
    const { code } = await openRoom(ann!);
    const typed = ` ${code.slice(0, 4)}-${code.slice(4)} `.toLowerCase().replaceAll('0', 'o').replaceAll('1', 'l');
    expect((await join(ben!, { code: typed })).status).toBe(200);
    await expectRefused(join(ben!, { code: 'ZZZZZZZZ' }), 'room.not-found');
    await expectRefused(join(ben!, { code: '\0' }), 'request.malformed');
    await expectRefused(join(ben!, { code: '\ud800' }), 'request.malformed');
    await expectRefused(join(ben!, { code: '' }), 'request.malformed');
    await expectRefused(join(ben!, { code }, { as: 'referee' }), 'request.malformed');
  });

  it('gives the second bearer of a name a number', async () => {
    const [ann, other] = [await server.guest('Ann'), await server.guest('ＡＮＮ')];
    const room = await openRoom(ann);
    await join(other, room);
    const { players } = await roomOf(ann, room.id);
    expect(players.map(({ name }: { name: string }) => name)).toEqual(['Ann', 'ＡＮＮ (2)']);
  });

  it('keeps out whoever was kicked, also as a spectator', async () => {
    const [ann, ben] = await crowd(2);
    const room = await openFor(ann!, ben!, { spectators: true });
    await expectDone(ann!.post(`/rooms/${room.id}/kick`, { userId: ben!.id }));
    await expectDone(ann!.post(`/rooms/${room.id}/kick`, { userId: ben!.id }));
    await expectRefused(join(ben!, room), 'room.kicked');
    await expectRefused(join(ben!, room, { as: 'spectator' }), 'room.kicked');
    await expectRefused(ben!.get(`/rooms/${room.id}`), 'room.not-found');
    expect((await ben!.post('/rooms')).status).toBe(201);
  });

  it('lets somebody watch only where the host allows it', async () => {
    const [ann, ben, eve, cid, dan] = await crowd(5);
    const closed = await openFor(ann!, ben!);
    await expectRefused(join(eve!, closed, { as: 'spectator' }), 'auth.forbidden');
    const open = await openFor(cid!, dan!, { spectators: true });
    await expectRefused(eve!.get(`/rooms/${open.id}`), 'room.not-found');
    await expectRefused(eve!.post('/rooms/join', { code: open.code, as: 'spectator' }), 'room.wrong-password');
    expect((await join(eve!, open, { as: 'spectator' })).status).toBe(200);
    expect((await eve!.get(`/rooms/${open.id}`)).status).toBe(200);
    for (const move of ['ready', 'resign', 'rematch'] as const) {
      const body = { ready: { ready: true }, resign: {}, rematch: { answer: 'offer' } }[move];
      await expectRefused(eve!.post(`/rooms/${open.id}/${move}`, body), 'room.not-member');
    }
    for (const move of ['start', 'cancel', 'reveal'])
      await expectRefused(eve!.post(`/rooms/${open.id}/${move}`), 'room.not-host');
    await expectDone(eve!.post(`/rooms/${open.id}/leave`));
    await expectDone(eve!.post(`/rooms/${open.id}/leave`));
    await expectRefused(eve!.get(`/rooms/${open.id}`), 'room.not-found');
  });

  it('is shut once a room is full, started, ended or cancelled', async () => {
    const [ann, ben, eve] = await crowd(3);
    const room = await openFor(ann!, ben!);
    await expectRefused(join(eve!, room), 'room.full');
    for (const player of [ann!, ben!]) await expectDone(player.post(`/rooms/${room.id}/ready`, { ready: true }));
    await expectDone(ann!.post(`/rooms/${room.id}/start`));
    await expectRefused(join(eve!, room), 'contest.already-started');
    await expectDone(ann!.post(`/rooms/${room.id}/resign`));
    await expectRefused(join(eve!, room), 'contest.over');
    const next = await openRoom(ann!);
    await expectDone(ann!.post(`/rooms/${next.id}/cancel`));
    await expectRefused(join(eve!, next), 'room.closed');
    await expectRefused(join(eve!, next, { as: 'spectator' }), 'room.closed');
  });

  it('refuses settings that make no sense', async () => {
    const [ann] = await crowd(1);
    for (const settings of [
      { minutes: 0.05 },
      { minutes: 301 },
      { minutes: '30' },
      { freezeMinutes: 31 },
      { penaltyMinutes: 61 },
      { countdownSeconds: 31 },
      { problems: [] },
      { problems: ['a-plus-b', 'a-plus-b'] },
      { problems: { count: 0 } },
      { problems: { count: 3, tags: ['\0'] } },
      { opponentView: 'none' },
      { password: '' },
      { anything: 'else' },
    ])
      await expectRefused(ann!.post('/rooms', { settings }), 'request.malformed');
    await expectRefused(ann!.post('/rooms', { settings: { languages: ['klingon'] } }), 'language.unknown');
    await expectRefused(ann!.post('/rooms', { settings: { problems: ['no-such-problem'] } }), 'problem.not-found');
    await expectRefused(
      ann!.post('/rooms', { settings: { problems: { count: 3, tags: ['x'] } } }),
      'problem.not-found',
    );
  });
});
