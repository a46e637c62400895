import { SchedulerRegistry } from '@nestjs/schedule';
import type { Attendance } from '../../src/ports';
import { PresenceBoard } from '../../src/realtime/presence';
import { eventually, FIVE_SECONDS } from '../support/eventually';
import { request, type Player, type Watch } from '../support/player';
import { expectDone, openFor, startFor, submission } from '../support/rooms';
import { ToldJudge } from '../support/told-judge';
import { TravelClock } from '../support/travel-clock';
import { startTwoServers, type TwoServers } from '../support/two-servers';

const clock = new TravelClock();
let servers: TwoServers;
let ann: Player;
let ben: Player;
beforeAll(async () => {
  servers = await startTwoServers({ change: (world) => ({ ...world, clock, judge: new ToldJudge() }) });
});
afterAll(() => servers.close());
beforeEach(async () => {
  [ann, ben] = await servers.players();
});

const seqs = ({ events }: Watch) => events.map(({ seq }) => seq);
const upTo = (seq: number) => Array.from({ length: seq }, (_, index) => index + 1);
const submit = async (player: Player, roomId: string, verdict: string) =>
  expect((await player.post(`/rooms/${roomId}/submissions`, submission(verdict))).status).toBe(202);
const judged = (sees: Watch, times: number) =>
  eventually(`${times} are judged`, () => sees.types().filter((type) => type === 'submission.judged').length === times);

describe('a duel of players at two processes', () => {
  it('is seen by both in order and once, from its start to its end', async () => {
    const room = await startFor(ann, ben);
    const [annSees, benSees] = [await ann.watch(room.id, 0), await ben.watch(room.id, 0)];
    for (const verdict of ['WA', 'CE', 'AC']) {
      await Promise.all([submit(ann, room.id, verdict), submit(ben, room.id, verdict)]);
    }
    for (const sees of [annSees, benSees]) await judged(sees, 6);
    for (const player of [ann, ben]) await expectDone(player.post(`/rooms/${room.id}/end`));
    for (const sees of [annSees, benSees]) {
      await sees.until('contest.finalized');
      expect(seqs(sees)).toEqual(upTo(sees.events.length));
    }
    expect(annSees.events).toHaveLength(benSees.events.length);
    // What else travels between processes is told to nobody.
    const told = [...annSees.events, ...benSees.events].flatMap((event) => Object.keys(event));
    expect(new Set(told)).toEqual(new Set(['roomId', 'seq', 'type', 'at', 'data']));
  });

  it('tells a player how far his submission is, whichever process judges it', async () => {
    const room = await startFor(ann, ben);
    const sees = await ann.watch(room.id, 0);
    const elsewhere = servers.there.world.bus;
    await eventually('it is heard', () => sees.notices.some(({ name }) => name === 'submission:progress'), {
      again: () =>
        elsewhere.tell(ann.id as never, { name: 'submission:progress', submissionId: 'sub_1', done: 1, of: 2 }),
    });
  });

  it.each<[string, (redis: TwoServers['redis']) => Promise<void>]>([
    ['connections are cut', (redis) => redis.cut()],
    [
      'Redis is killed and comes back',
      async (redis) => {
        redis.kill();
        await eventually('it is noticed', () => !servers.here.world.bus.state().connected);
      },
    ],
    [
      'Redis is frozen',
      (redis) => {
        redis.freeze();
        return Promise.resolve();
      },
    ],
  ])('goes on while %s, and both see everything in order and once', async (_, fail) => {
    const room = await startFor(ann, ben);
    const [annSees, benSees] = [await ann.watch(room.id, 0), await ben.watch(room.id, 0)];
    await fail(servers.redis);
    for (let n = 0; n < 3; n += 1) {
      const began = performance.now();
      await Promise.all([submit(ann, room.id, 'WA'), submit(ben, room.id, 'WA')]);
      expect(performance.now() - began).toBeLessThan(1_000);
    }
    // What the bus does not bring, the log does.
    for (const sees of [annSees, benSees]) await judged(sees, 6);
    for (const sees of [annSees, benSees]) expect(seqs(sees)).toEqual(upTo(sees.events.length));
    await heal();
    await submit(ann, room.id, 'AC');
    for (const sees of [annSees, benSees]) await judged(sees, 7);
    for (const sees of [annSees, benSees]) expect(seqs(sees)).toEqual(upTo(sees.events.length));
  });

  async function heal(): Promise<void> {
    const { redis, here, there } = servers;
    redis.thaw();
    await redis.ask((client) => client.ping()).catch(() => redis.start());
    for (const { world } of [here, there]) await eventually('Redis is back', () => world.bus.state().connected);
  }
});

describe('presence', () => {
  const states = (sees: Watch, player: Player) =>
    sees.notices
      .filter(({ name, body }) => name === 'presence' && (body as { userId: string }).userId === player.id)
      .map(({ body }) => (body as { state: string }).state);
  const becomes = (sees: Watch, player: Player, state: string) =>
    eventually(`${player.name} is ${state}`, () => states(sees, player).at(-1) === state);

  it('of somebody at another process is seen at once: online, away, and offline after a minute', async () => {
    const room = await openFor(ann, ben);
    const annSees = await ann.watch(room.id);
    const benSees = await ben.watch(room.id);
    await becomes(annSees, ben, 'online');
    await becomes(benSees, ann, 'online');
    benSees.socket.disconnect();
    await becomes(annSees, ben, 'away');
    clock.travel(60_000);
    await becomes(annSees, ben, 'offline');
    expect(states(annSees, ben)).toEqual(['online', 'away', 'offline']);
  });

  it('of somebody with tabs at several processes lasts until the last is gone', async () => {
    const room = await openFor(ann, ben);
    const annSees = await ann.watch(room.id);
    const tabs = [await ben.watch(room.id)];
    await becomes(annSees, ben, 'online');
    const elsewhere = Object.assign(Object.create(ben) as Player, { url: ann.url });
    tabs.push(await elsewhere.watch(room.id));
    tabs[0]!.socket.disconnect();
    const catSees = await ann.watch(room.id);
    await becomes(catSees, ben, 'online');
    tabs[1]!.socket.disconnect();
    await becomes(annSees, ben, 'away');
    expect(states(annSees, ben)).toEqual(['online', 'away']);
  });

  it('of those at a process that died ends within seconds', async () => {
    const room = await openFor(ann, ben);
    const annSees = await ann.watch(room.id);
    const dying = { process: 'about to die', whole: true, present: { [room.id]: [ben.id] } } as Attendance;
    servers.there.world.bus.attend(dying);
    await becomes(annSees, ben, 'online');
    clock.travel(14_000);
    servers.here.app.get(PresenceBoard).look();
    expect(states(annSees, ben)).toEqual(['online']);
    clock.travel(1_000);
    await becomes(annSees, ben, 'away');
  });
});

describe('a session', () => {
  it('that ends at one process ends at once at the other: sockets and requests', async () => {
    const room = await openFor(ann, ben);
    const elsewhere = Object.assign(Object.create(ann) as Player, { url: ben.url });
    const sees = await elsewhere.watch(room.id);
    expect((await elsewhere.get('/me')).status).toBe(200);
    await ann.post('/auth/logout');
    expect(await sees.notice('session:ended', 2_000)).toEqual({ code: 'auth.expired' });
    await eventually('the socket closes', () => sees.socket.disconnected);
    expect((await elsewhere.get('/me')).status).toBe(401);
  });

  it('ends within five seconds when Redis is away', async () => {
    const room = await openFor(ann, ben);
    const elsewhere = Object.assign(Object.create(ann) as Player, { url: ben.url });
    const sees = await elsewhere.watch(room.id);
    servers.redis.kill();
    await eventually('it is noticed', () => !servers.here.world.bus.state().connected);
    expect((await ann.post('/auth/logout')).status).toBe(204);
    expect(await sees.notice('session:ended', FIVE_SECONDS)).toEqual({ code: 'auth.expired' });
    const refused = async () => (await request(ben.url, 'GET', '/api/me', undefined, ann.headers)).status === 401;
    await eventually('requests are refused', refused, { patienceMs: FIVE_SECONDS });
    await servers.redis.start();
    await eventually('it is back', () => servers.there.world.bus.state().connected);
  });
});

describe('after a gap', () => {
  it('what was said meanwhile is heard without a further event, and before any comparison by the clock', async () => {
    const room = await openFor(ann, ben);
    const benSees = await ben.watch(room.id, 0);
    const byTheClock = servers.there.app.get(SchedulerRegistry);
    for (const name of byTheClock.getIntervals()) byTheClock.deleteInterval(name);
    servers.redis.kill();
    await eventually('it is noticed', () => !servers.there.world.bus.state().connected);
    await expectDone(ann.post(`/rooms/${room.id}/ready`, { ready: true }));
    expect(benSees.types()).not.toContain('player.ready');
    await servers.redis.start();
    await benSees.until('player.ready');
  });
});
