import type { Player } from '../support/player';
import { atOnce, expectDone, expectRefused, openFor, roomOf, tally } from '../support/rooms';
import { startServer, type TestServer } from '../support/server';

let server: TestServer;
let ann: Player;
let ben: Player;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  [ann, ben] = [await server.guest('Ann'), await server.guest('Ben')];
});

const at = (room: { id: string }, move: string) => `/rooms/${room.id}/${move}`;
const ready = (player: Player, room: { id: string }, is = true) => player.post(at(room, 'ready'), { ready: is });

describe('before the start', () => {
  it('starts only with two players who are both ready, and only for the host', async () => {
    const room = await openFor(ann, ben);
    await expectRefused(ann.post(at(room, 'start')), 'contest.not-ready');
    await expectDone(ready(ann, room));
    await expectDone(ready(ann, room));
    await expectRefused(ann.post(at(room, 'start')), 'contest.not-ready');
    await expectDone(ready(ben, room));
    await expectRefused(ben.post(at(room, 'start')), 'room.not-host');
    await expectDone(ready(ben, room, false));
    await expectRefused(ann.post(at(room, 'start')), 'contest.not-ready');
    await expectDone(ben.post(at(room, 'leave')));
    await expectRefused(ann.post(at(room, 'start')), 'contest.not-ready');
    const { body } = await ann.get(at(room, 'events'));
    expect(body.events.filter(({ type }: { type: string }) => type === 'player.ready')).toHaveLength(3);
  });

  it('does not exist for strangers', async () => {
    const room = await openFor(ann, ben);
    const eve = await server.guest('Eve');
    for (const path of ['', '/problems', '/leaderboard', '/events', '/submissions', '/stream'])
      await expectRefused(eve.get(`/rooms/${room.id}${path}`), 'room.not-found');
    for (const move of ['start', 'end', 'leave', 'cancel', 'resign', 'claim', 'reveal'])
      await expectRefused(eve.post(at(room, move)), 'room.not-found');
    await expectRefused(ready(eve, room), 'room.not-found');
    await expectRefused(eve.get('/rooms/room_nowhere'), 'room.not-found');
    await expectRefused(eve.get('/rooms/nonsense'), 'room.not-found');
  });

  it('allows nothing that belongs to a running or final contest', async () => {
    const room = await openFor(ann, ben);
    for (const move of ['end', 'resign', 'claim', 'reveal'])
      await expectRefused(ann.post(at(room, move)), 'contest.not-running');
    await expectRefused(ann.post(at(room, 'extend'), { minutes: 1 }), 'contest.not-running');
    await expectRefused(ann.post(at(room, 'rematch'), { answer: 'offer' }), 'contest.not-running');
    await expectRefused(ann.post(at(room, 'kick'), { userId: ann.id }), 'auth.forbidden');
    await expectRefused(ann.post(at(room, 'kick'), { userId: 'user_nobody' }), 'room.not-member');
    await expectRefused(ben.post(at(room, 'kick'), { userId: ann.id }), 'room.not-host');
    await expectRefused(ben.post(at(room, 'cancel')), 'room.not-host');
    await expectRefused(ann.post(at(room, 'ready'), { ready: 'yes' }), 'request.malformed');
    await expectRefused(ann.post(at(room, 'start'), { now: true }), 'request.malformed');
  });

  it('stops the countdown when a player leaves, and frees him', async () => {
    const room = await openFor(ann, ben, { countdownSeconds: 30 });
    for (const player of [ann, ben]) await expectDone(ready(player, room));
    await expectDone(ann.post(at(room, 'start')));
    expect((await roomOf(ann, room.id)).startsAt).toEqual(expect.any(String));
    await expectRefused(ready(ben, room, false), 'contest.already-started');
    await expectDone(ben.post(at(room, 'leave')));
    await expectDone(ben.post(at(room, 'leave')));
    const { startsAt, startedAt, players } = await roomOf(ann, room.id);
    expect({ startsAt, startedAt, players: players.length }).toEqual({ startsAt: null, startedAt: null, players: 1 });
    expect((await ben.post('/rooms')).status).toBe(201);
  });

  it('lets a player leave and come back, and start after all', async () => {
    const room = await openFor(ann, ben);
    await expectDone(ben.post(at(room, 'leave')));
    await expectRefused(ben.get(`/rooms/${room.id}`), 'room.not-found');
    expect((await ben.post('/rooms/join', { code: room.code, password: room.password })).status).toBe(200);
    for (const player of [ann, ben]) await expectDone(ready(player, room));
    await expectDone(ann.post(at(room, 'start')));
  });

  it('is cancelled when its host leaves, and frees both', async () => {
    const room = await openFor(ann, ben);
    const [annSees, benSees] = [await ann.watch(room.id, 0), await ben.watch(room.id, 0)];
    await expectDone(ann.post(at(room, 'leave')));
    await expectDone(ann.post(at(room, 'leave')));
    for (const sees of [annSees, benSees])
      expect((await sees.until('room.cancelled')).data).toMatchObject({ reason: 'host-left' });
    for (const player of [ann, ben]) expect((await player.post('/rooms')).status).toBe(201);
    await expectRefused(ready(ben, room), 'room.closed');
    await expectRefused(ben.get(at(room, 'problems')), 'room.closed');
  });

  it('is cancelled once by its host, and then closed', async () => {
    const room = await openFor(ann, ben);
    expect(tally(await atOnce(10, () => ann.post(at(room, 'cancel'))))).toEqual({ 204: 10 });
    const { body } = await ann.get(at(room, 'events'));
    expect(body.events.filter(({ type }: { type: string }) => type === 'room.cancelled')).toHaveLength(1);
    for (const move of ['start', 'resign', 'end']) await expectRefused(ann.post(at(room, move)), 'room.closed');
    await expectRefused(ann.post(at(room, 'kick'), { userId: ben.id }), 'room.closed');
    await expectDone(ben.post(at(room, 'leave')));
  });

  it('tells a player who is kicked nothing more', async () => {
    const room = await openFor(ann, ben);
    const benSees = await ben.watch(room.id, 0);
    const annSees = await ann.watch(room.id, 0);
    await expectDone(ann.post(at(room, 'kick'), { userId: ben.id }));
    await benSees.until('player.kicked');
    await expectDone(ready(ann, room));
    await annSees.until('player.ready');
    expect(benSees.types()).not.toContain('player.ready');
  });
});
