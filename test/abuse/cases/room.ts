import { send } from '../../support/hostile-request';
import type { Player } from '../../support/player';
import { atOnce, expectDone, expectRefused, openFor, roomOf, startFor, tally } from '../../support/rooms';
import type { Cases, Stage } from '../case';

const people = (stage: Stage, count: number) => atOnce(count, (index) => stage.guest(`Guest ${index}`));
const open = async (host: Player, settings: object = {}) =>
  (await host.post('/rooms', { settings: { password: null, minutes: 10, ...settings } })).body.room;
const join = (player: Player, room: { code: string }, more: object = {}) =>
  player.post('/rooms/join', { code: room.code, ...more });
const typesIn = async (player: Player, { id }: { id: string }): Promise<string[]> =>
  (await player.get(`/rooms/${id}/events`)).body.events.map(({ type }: { type: string }) => type);

export const ROOM: Cases = {
  'ROOM-01': async (stage) => {
    const [ann, ben] = await people(stage, 2);
    const { room, password } = (await ann!.post('/rooms', {})).body;
    stage.hide(password);
    for (const wrong of ['x', '', password.toLowerCase(), `${password} `, undefined])
      await expectRefused(join(ben!, room, { password: wrong }), 'room.wrong-password');
    await expectRefused(join(ben!, { code: 'ZZZZZZZZ' }, { password: 'x' }), 'room.not-found');
    expect((await roomOf(ann!, room.id)).players).toHaveLength(1);
  },
  'ROOM-02': {
    heldBy: 'test/e2e/rate-limits.spec.ts',
    as: 'may be tried five times by one user, however many at once; who knows it is not held up',
  },
  'ROOM-04': async (stage) => {
    const [ann, ben] = await people(stage, 2);
    const room = await openFor(ann!, ben!);
    stage.hide(room.password!);
    const sees = await ben!.watch(room.id, 0);
    const texts = [JSON.stringify(sees.answer)];
    for (const path of ['', '/events', '/leaderboard'])
      for (const player of [ann!, ben!])
        texts.push(JSON.stringify((await player.get(`/rooms/${room.id}${path}`)).body));
    for (const text of texts) expect(text).not.toMatch(new RegExp(`${room.password!}|scrypt|hash|salt`));
  },
  'ROOM-05': async (stage) => {
    const rooms = await atOnce(20, async () => {
      const [host, ...rivals] = await people(stage, 5);
      return { host: host!, rivals, room: await open(host!) };
    });
    for (const { host, rivals, room } of rooms) {
      expect(tally(await Promise.all(rivals.map((rival) => join(rival, room))))).toEqual({ 200: 1, 'room.full': 3 });
      expect((await roomOf(host, room.id)).players).toHaveLength(2);
    }
  },
  'ROOM-06': async (stage) => {
    const [ann, ben] = await people(stage, 2);
    const room = await open(ann!);
    expect(tally(await atOnce(10, () => join(ben!, room)))).toEqual({ 200: 10 });
    expect(await typesIn(ann!, room)).toEqual(['room.opened', 'player.joined', 'player.joined']);
  },
  // A playing host sits already, and joining twice is the same answer.
  'ROOM-07': async (stage) => {
    const [ann] = await people(stage, 1);
    const room = await open(ann!);
    expect((await join(ann!, room)).status).toBe(200);
    expect((await roomOf(ann!, room.id)).players).toMatchObject([{ userId: ann!.id, seat: 1 }]);
    expect(await typesIn(ann!, room)).toEqual(['room.opened', 'player.joined']);
  },
  'ROOM-08': async (stage) => {
    const [ann, ben, eve] = await people(stage, 3);
    const room = await startFor(ann!, ben!);
    await expectRefused(join(eve!, room, room), 'request.malformed');
    await expectRefused(join(eve!, room, { password: room.password }), 'contest.already-started');
    await expectDone(ann!.post(`/rooms/${room.id}/resign`));
    await expectRefused(join(eve!, room, { password: room.password }), 'contest.over');
  },
  'ROOM-09': async (stage) => {
    const [ann, ben, eve] = await people(stage, 3);
    const { id } = await openFor(ann!, ben!);
    for (const player of [ann!, ben!]) await expectDone(player.post(`/rooms/${id}/ready`, { ready: true }));
    await expectRefused(ben!.post(`/rooms/${id}/start`), 'room.not-host');
    await expectRefused(eve!.post(`/rooms/${id}/start`), 'room.not-found');
    expect((await roomOf(ann!, id)).startsAt).toBeNull();
  },
  'ROOM-10': async (stage) => {
    const [ann] = await people(stage, 1);
    const room = await open(ann!);
    await expectDone(ann!.post(`/rooms/${room.id}/ready`, { ready: true }));
    await expectRefused(ann!.post(`/rooms/${room.id}/start`), 'contest.not-ready');
  },
  'ROOM-11': async (stage) => {
    const [ann, ben] = await people(stage, 2);
    const room = await openFor(ann!, ben!, { problems: { count: 2 } });
    for (const player of [ann!, ben!]) await expectDone(player.post(`/rooms/${room.id}/ready`, { ready: true }));
    expect(tally(await atOnce(20, () => ann!.post(`/rooms/${room.id}/start`)))).toEqual({ 204: 20 });
    const types = await typesIn(ben!, room);
    for (const type of ['contest.scheduled', 'contest.started'])
      expect(types.filter((one) => one === type)).toHaveLength(1);
    expect((await ann!.get(`/rooms/${room.id}/problems`)).body).toEqual(
      (await ben!.get(`/rooms/${room.id}/problems`)).body,
    );
  },
  // An opponent’s is an offer, which ends nothing by itself.
  'ROOM-12': async (stage) => {
    const [ann, ben, eve] = await people(stage, 3);
    const { id } = await startFor(ann!, ben!);
    await expectRefused(eve!.post(`/rooms/${id}/end`), 'room.not-found');
    await expectDone(ben!.post(`/rooms/${id}/end`));
    await expectDone(ben!.post(`/rooms/${id}/end`));
    expect((await roomOf(ann!, id)).endedAt).toBeNull();
  },
  'ROOM-13': {
    heldBy: 'test/e2e/endings.spec.ts',
    as: 'is one, though a referee asks twenty times while the clock runs out',
  },
  'ROOM-14': {
    applies: false,
    why: 'What was settled at the opening is never changed; there is no route for it.',
    seen: async (stage) => {
      const [ann, ben] = await people(stage, 2);
      const { id } = await startFor(ann!, ben!);
      const before = await roomOf(ann!, id);
      const body = JSON.stringify({
        minutes: 300,
        settings: { minutes: 300 },
        problems: ['even-shelves'],
        password: 'x',
      });
      for (const method of ['PATCH', 'PUT', 'POST'])
        for (const path of ['', '/settings', '/password', '/problems'])
          expect((await send(ann!, method, `/api/rooms/${id}${path}`, body)).status).toBe(404);
      await expectRefused(ben!.post(`/rooms/${id}/extend`, { minutes: 300 }), 'room.not-host');
      expect(await roomOf(ann!, id)).toEqual(before);
    },
  },
  'ROOM-15': async (stage) => {
    const [ann] = await people(stage, 1);
    for (const minutes of [0, -1, 1e9, 2 ** 31 + 1, 2_147_483_648 / 60_000, 'abc', null, 0.01, [], {}])
      await expectRefused(ann!.post('/rooms', { settings: { minutes } }), 'request.malformed');
    await expectRefused(ann!.post('/rooms', '{"settings":{"minutes":1e400}}'), 'request.malformed');
    for (const odd of [
      ...[{ problems: [] }, { problems: ['../../etc'] }, { problems: { count: 1, tags: ['a\u0000b'] } }],
      ...[{ problems: { count: 1, tags: ['\ud800'] } }, { problems: { count: 1, tags: Array(1_000).fill('a') } }],
      ...[{ languages: ["c'; DROP TABLE rooms"] }, { password: '' }, { password: 'a'.repeat(1_000) }],
      ...[{ countdownSeconds: 3_600 }, { minutes: 5, freezeMinutes: 6 }],
    ])
      await expectRefused(ann!.post('/rooms', { settings: odd }), 'request.malformed');
  },
  'ROOM-16': async (stage) => {
    const [ann] = await people(stage, 1);
    for (const field of ['status', 'hostId', 'winnerId', 'startedAt', 'createdAt', 'id', 'isAdmin', 'role', 'userId'])
      for (const body of [{ [field]: 'room_1' }, { settings: { [field]: 'room_1' } }])
        await expectRefused(ann!.post('/rooms', body), 'request.malformed');
  },
  'ROOM-17': async (stage) => {
    const [ann, ben, victim] = await people(stage, 3);
    const room = await open(ann!);
    await expectRefused(join(ben!, room, { userId: victim!.id }), 'request.malformed');
    for (const [move, body] of [
      ['ready', { ready: true }],
      ['leave', {}],
      ['resign', {}],
      ['claim', {}],
    ] as const)
      await expectRefused(ann!.post(`/rooms/${room.id}/${move}`, { ...body, userId: victim!.id }), 'request.malformed');
    expect((await roomOf(ann!, room.id)).players).toHaveLength(1);
  },
  'ROOM-18': async (stage) => {
    const [ann, ben, eve] = await people(stage, 3);
    const { id } = await startFor(ann!, ben!);
    for (const path of ['', '/problems', '/leaderboard', '/events', '/submissions', '/stream']) {
      const [there, nowhere] = [await eve!.get(`/rooms/${id}${path}`), await eve!.get(`/rooms/room_nowhere${path}`)];
      expect([there.status, there.body.error.code]).toEqual([404, 'room.not-found']);
      expect({ ...there.body.error, requestId: '' }).toEqual({ ...nowhere.body.error, requestId: '' });
    }
  },
  'ROOM-19': async (stage) => {
    const [ann, ben] = await people(stage, 2);
    const room = await openFor(ann!, ben!, { problems: ['toll-ticket'] });
    await expectRefused(ben!.get(`/rooms/${room.id}/problems`), 'contest.not-running');
    const sees = await ben!.watch(room.id, 0);
    const told = [sees.answer, await roomOf(ben!, room.id), (await ben!.get(`/rooms/${room.id}/events`)).body];
    expect(JSON.stringify(told)).not.toMatch(/toll/i);
  },
  'ROOM-20': async (stage) => {
    const [ann, ben, eve] = await people(stage, 3);
    const ids = [(await open(ann!)).id as string, (await open(ben!)).id as string];
    for (const id of ids)
      expect(id).toMatch(/^room_[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    for (const n of [0, 1, 2, 10, 1_000]) await expectRefused(eve!.get(`/rooms/room_${n}`), 'room.not-found');
  },
  'ROOM-21': async (stage) => {
    const [ann] = await people(stage, 1);
    expect(tally(await atOnce(40, () => ann!.post('/rooms', { settings: { password: null } })))).toEqual({
      ...{ 201: 1, 'player.already-in-a-room': 39 },
    });
  },
};
