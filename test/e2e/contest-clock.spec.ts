import { rmSync } from 'node:fs';
import type { Player } from '../support/player';
import { MINUTE } from '../support/room-builder';
import { expectDone, expectRefused, openFor, roomOf, startFor, submission } from '../support/rooms';
import { newDataDir } from '../support/data-folder';
import { startServer, type TestServer } from '../support/server';
import { ToldJudge } from '../support/told-judge';
import { TravelClock } from '../support/travel-clock';

const clock = new TravelClock();
const told = () => new ToldJudge();
let server: TestServer;
let ann: Player;
let ben: Player;
beforeAll(async () => {
  server = await startServer({ change: (world) => ({ ...world, clock, judge: told() }) });
});
afterAll(() => server.close());
beforeEach(async () => {
  [ann, ben] = [await server.guest('Ann'), await server.guest('Ben')];
});

describe('the clock of a contest', () => {
  it('ends it at its end to the millisecond, however late it looks', async () => {
    const room = await startFor(ann, ben, { minutes: 5 });
    const watch = await ben.watch(room.id, 0);
    const { endsAt } = await roomOf(ann, room.id);
    clock.travel(11 * MINUTE);
    const { data } = await watch.until('contest.ended');
    expect(data).toEqual({ endedAt: endsAt, reason: 'time', by: null });
    expect((await watch.until('contest.finalized')).data).toMatchObject({ winnerId: null, reason: 'time' });
    await expectRefused(ann.post(`/rooms/${room.id}/submissions`, submission('AC')), 'contest.over');
  });

  it('ends it by itself in real time', async () => {
    const room = await startFor(ann, ben, { minutes: 0.1 });
    const watch = await ben.watch(room.id, 0);
    const { endsAt } = await roomOf(ann, room.id);
    const ended = await watch.until('contest.ended');
    expect(ended.data).toMatchObject({ endedAt: endsAt, reason: 'time' });
    expect(Date.parse(ended.at!)).toBeGreaterThanOrEqual(Date.parse(endsAt));
  });

  it('ends it for whoever asks, though nobody has noticed yet', async () => {
    const room = await startFor(ann, ben, { minutes: 5 });
    const { endsAt } = await roomOf(ann, room.id);
    clock.travel(5 * MINUTE);
    await expectRefused(ann.post(`/rooms/${room.id}/resign`), 'contest.over');
    expect(await roomOf(ann, room.id)).toMatchObject({ endedAt: endsAt, endReason: 'time', endedBy: null });
    expect((await ann.post('/rooms')).status).toBe(201);
  });

  it('moves the end by what the host adds, and only while it runs', async () => {
    const room = await startFor(ann, ben, { minutes: 5 });
    const watch = await ben.watch(room.id, 0);
    const { endsAt } = await roomOf(ann, room.id);
    await expectRefused(ben.post(`/rooms/${room.id}/extend`, { minutes: 2 }), 'room.not-host');
    for (const minutes of [0, -1, 301, '2'])
      await expectRefused(ann.post(`/rooms/${room.id}/extend`, { minutes }), 'request.malformed');
    await expectDone(ann.post(`/rooms/${room.id}/extend`, { minutes: 2.5 }));
    const later = new Date(Date.parse(endsAt) + 2.5 * MINUTE).toISOString();
    expect((await watch.until('contest.extended')).data).toEqual({ endsAt: later });
    clock.travel(6 * MINUTE);
    expect((await ben.post(`/rooms/${room.id}/submissions`, submission('AC'))).status).toBe(202);
    clock.travel(2 * MINUTE);
    expect((await watch.until('contest.ended')).data.endedAt).toBe(later);
    await expectRefused(ann.post(`/rooms/${room.id}/extend`, { minutes: 1 }), 'contest.over');
  });

  it('cancels a lobby in which nothing has happened for half an hour, and frees its players', async () => {
    const room = await openFor(ann, ben);
    const watch = await ben.watch(room.id, 0);
    clock.travel(20 * MINUTE);
    for (const player of [ann, ben]) await player.renew();
    await expectDone(ann.post(`/rooms/${room.id}/ready`, { ready: true }));
    clock.travel(29 * MINUTE);
    for (const player of [ann, ben]) await player.renew();
    expect((await roomOf(ann, room.id)).cancelledAt).toBeNull();
    clock.travel(MINUTE);
    expect((await watch.until('room.cancelled')).data).toMatchObject({ reason: 'idle' });
    for (const player of [ann, ben]) expect((await player.post('/rooms')).status).toBe(201);
  });

  it('that was set back stands still', async () => {
    const room = await startFor(ann, ben, { minutes: 5 });
    const { startedAt } = await roomOf(ann, room.id);
    clock.travel(-2 * MINUTE);
    const { status, body } = await ann.post(`/rooms/${room.id}/submissions`, submission('AC'));
    clock.travel(2 * MINUTE);
    expect(status).toBe(202);
    expect(Date.parse(body.receivedAt)).toBeGreaterThanOrEqual(Date.parse(startedAt));
    const { rows } = (await ann.get(`/rooms/${room.id}/leaderboard`)).body;
    expect(rows.every(({ penalty }: { penalty: number }) => penalty >= 0)).toBe(true);
  });
});

describe('a server that was down', () => {
  let dataDir: string;
  beforeAll(async () => {
    dataDir = await newDataDir();
  });
  afterAll(() => rmSync(dataDir, { recursive: true, force: true }));
  const boot = (judge = told()) => startServer({ dataDir, change: (world) => ({ ...world, clock, judge }) });

  it('ends the contest whose time passed meanwhile at its end, starts what is due, and owes no verdict', async () => {
    const first = await boot();
    const [cid, dan, eve, fay] = await Promise.all(['Cid', 'Dan', 'Eve', 'Fay'].map((name) => first.guest(name)));
    const running = await startFor(cid!, dan!, { minutes: 5 });
    const { endsAt } = await roomOf(cid!, running.id);
    const counting = await startFor(eve!, fay!, { minutes: 60, countdownSeconds: 30 });
    // Accepted, and interrupted by the end of the server before there was a verdict.
    const { body } = await cid!.post(`/rooms/${running.id}/submissions`, submission('hold'));
    const { startsAt } = await roomOf(eve!, counting.id);
    await first.world.judge!.close();
    await first.close();

    clock.travel(10 * MINUTE);
    const judge = told();
    const second = await boot(judge);
    try {
      const again = Object.assign(await second.guest('Cid'), { token: cid!.token });
      const evesAgain = Object.assign(await second.guest('Eve'), { token: eve!.token });
      const watch = await again.watch(running.id, 0);
      expect((await watch.until('contest.ended')).data).toEqual({ endedAt: endsAt, reason: 'time', by: null });
      (await judge.holding('hold')).say('AC');
      expect((await watch.until('contest.finalized')).data).toMatchObject({ winnerId: cid!.id, reason: 'time' });
      expect((await again.get(`/submissions/${body.submissionId}`)).body.verdict).toBe('AC');
      const started = await (await evesAgain.watch(counting.id, 0)).until('contest.started');
      expect(Date.parse(started.data.startedAt)).toBeGreaterThan(Date.parse(startsAt));
      expect(Date.parse(started.data.endsAt) - Date.parse(started.data.startedAt)).toBe(60 * MINUTE);
    } finally {
      await judge.close();
      await second.close();
    }
  });
});
