import type { Player } from '../support/player';
import { MINUTE, SECOND } from '../support/room-builder';
import { atOnce, expectDone, expectRefused, roomOf, startFor, submission, submit, tally } from '../support/rooms';
import { startServer, type TestServer } from '../support/server';
import { ToldJudge } from '../support/told-judge';
import { TravelClock } from '../support/travel-clock';
import { eventually } from '../support/eventually';

const clock = new TravelClock();
const judge = new ToldJudge();
let server: TestServer;
let ann: Player;
let ben: Player;
beforeAll(async () => {
  server = await startServer({ change: (world) => ({ ...world, clock, judge }) });
});
afterAll(async () => {
  await judge.close();
  await server.close();
});
beforeEach(async () => {
  [ann, ben] = [await server.guest('Ann'), await server.guest('Ben')];
});

/** A contest between ann and ben under a host who does not play. */
async function refereed(settings: object = {}): Promise<{ referee: Player; id: string }> {
  const referee = await server.guest('Ref');
  const { body } = await referee.post('/rooms', {
    settings: {
      ...{ password: null, hostPlays: false, countdownSeconds: 0, problems: ['a-plus-b'] },
      ...settings,
    },
  });
  const { id, code } = body.room;
  for (const player of [ann, ben]) {
    await player.post('/rooms/join', { code });
    await expectDone(player.post(`/rooms/${id}/ready`, { ready: true }));
  }
  await expectDone(referee.post(`/rooms/${id}/start`));
  return { referee, id };
}
const eventsOf = async (player: Player, id: string) => (await player.get(`/rooms/${id}/events`)).body.events;
const counts = async (player: Player, id: string, type: string): Promise<number> =>
  (await eventsOf(player, id)).filter((event: { type: string }) => event.type === type).length;

describe('the end', () => {
  it('needs both players: one offers, the other agrees', async () => {
    const { id } = await startFor(ann, ben);
    const watch = await ben.watch(id, 0);
    for (let times = 0; times < 3; times += 1) await expectDone(ann.post(`/rooms/${id}/end`));
    expect((await watch.until('contest.end-offered')).data).toMatchObject({ userId: ann.id, seat: 1 });
    expect((await roomOf(ben, id)).endedAt).toBeNull();
    expect(await counts(ben, id, 'contest.end-offered')).toBe(1);
    await expectDone(ben.post(`/rooms/${id}/end`));
    expect((await watch.until('contest.ended')).data).toMatchObject({ reason: 'agreed', by: ben.id });
    for (const player of [ann, ben]) await expectDone(player.post(`/rooms/${id}/end`));
    expect(await counts(ben, id, 'contest.ended')).toBe(1);
  });

  it('is one, though a referee asks twenty times while the clock runs out', async () => {
    const { referee, id } = await refereed({ minutes: 5 });
    const { endsAt } = await roomOf(ann, id);
    clock.travel(5 * MINUTE - 300);
    expect(tally(await atOnce(20, () => referee.post(`/rooms/${id}/end`)))).toEqual({ 204: 20 });
    clock.travel(SECOND);
    const watch = await ann.watch(id, 0);
    const { data } = await watch.until('contest.ended');
    expect(Date.parse(data.endedAt)).toBeLessThanOrEqual(Date.parse(endsAt));
    expect(['host', 'time']).toContain(data.reason);
    await watch.until('contest.finalized');
    for (const type of ['contest.ended', 'contest.finalized']) expect(await counts(ann, id, type)).toBe(1);
    const rows = await server.world.db.query('SELECT user_id FROM contest_history WHERE room_id = $1', [id]);
    expect(rows).toHaveLength(2);
  });

  it('comes at a referee’s will, and the leaderboard decides', async () => {
    const { referee, id } = await refereed();
    const watch = await ann.watch(id, 0);
    await submit(ben, id, 'AC');
    await watch.until('submission.judged');
    await expectDone(referee.post(`/rooms/${id}/end`));
    expect((await watch.until('contest.ended')).data).toMatchObject({ reason: 'host', by: referee.id });
    expect((await watch.until('contest.finalized')).data).toMatchObject({ winnerId: ben.id, reason: 'host' });
  });

  it('by resignation gives the opponent the win, whatever the leaderboard says', async () => {
    const { id } = await startFor(ann, ben);
    const watch = await ben.watch(id, 0);
    await submit(ann, id, 'AC');
    await watch.until('submission.judged');
    expect(tally(await atOnce(10, () => ann.post(`/rooms/${id}/resign`)))).toEqual({ 204: 10 });
    const { data } = await watch.until('contest.finalized');
    expect(data).toMatchObject({ winnerId: ben.id, reason: 'resign' });
    expect(data.leaderboard.rows[0]).toMatchObject({ userId: ann.id, solved: 1, rank: 1 });
    await expectRefused(ben.post(`/rooms/${id}/resign`), 'contest.over');
    await expectRefused(ben.post(`/rooms/${id}/cancel`), 'room.not-host');
    await expectRefused(ann.post(`/rooms/${id}/cancel`), 'contest.over');
  });

  it('comes by leaving a contest that runs, as by resigning', async () => {
    const { id } = await startFor(ann, ben);
    await expectRefused(ann.post(`/rooms/${id}/cancel`), 'contest.already-started');
    await expectRefused(ann.post(`/rooms/${id}/kick`, { userId: ben.id }), 'contest.already-started');
    await expectRefused(ann.post(`/rooms/${id}/ready`, { ready: false }), 'contest.already-started');
    await expectDone(ben.post(`/rooms/${id}/leave`));
    await expectDone(ben.post(`/rooms/${id}/leave`));
    expect(await roomOf(ben, id)).toMatchObject({ endReason: 'resign', endedBy: ben.id, winnerId: ann.id });
    await expectRefused(ann.post(`/rooms/${id}/kick`, { userId: ben.id }), 'contest.over');
    await expectRefused(ann.post(`/rooms/${id}/ready`, { ready: false }), 'contest.over');
    await expectRefused(ann.post(`/rooms/${id}/start`), 'contest.over');
  });

  it('is the players’ own while both resign at once: one of them is first', async () => {
    const { id } = await startFor(ann, ben);
    const replies = await Promise.all([ann, ben].map((player) => player.post(`/rooms/${id}/resign`)));
    expect(tally(replies)).toEqual({ 204: 1, 'contest.over': 1 });
    const winner = replies[0]!.status === 204 ? ben : ann;
    expect((await roomOf(ann, id)).winnerId).toBe(winner.id);
  });
});

describe('an opponent who is gone', () => {
  it('may be left alone with the end: no consent is needed after a minute', async () => {
    const { id } = await startFor(ann, ben);
    await expectRefused(ann.post(`/rooms/${id}/claim`), 'auth.forbidden');
    clock.travel(59 * SECOND);
    await expectDone(ann.post(`/rooms/${id}/end`));
    expect((await roomOf(ann, id)).endedAt).toBeNull();
    clock.travel(2 * SECOND);
    await expectRefused(ann.post(`/rooms/${id}/claim`), 'auth.forbidden');
    await expectDone(ann.post(`/rooms/${id}/end`));
    expect(await roomOf(ann, id)).toMatchObject({ endReason: 'host', endedBy: ann.id });
  });

  it('loses to a claim where the room allows it, and only while he is gone', async () => {
    const { id } = await startFor(ann, ben, { onGone: 'claim' });
    const refused = await expectRefused(ann.post(`/rooms/${id}/claim`), 'auth.forbidden');
    expect(refused.body.error.details).toEqual({ onGone: 'claim', opponentGone: false });
    clock.travel(61 * SECOND);
    // He comes back at the last moment.
    await ben.get('/me');
    await expectRefused(ann.post(`/rooms/${id}/claim`), 'auth.forbidden');
    clock.travel(61 * SECOND);
    expect(tally(await atOnce(5, () => ann.post(`/rooms/${id}/claim`)))).toEqual({ 204: 5 });
    expect(await roomOf(ann, id)).toMatchObject({ endReason: 'forfeit', endedBy: ann.id, winnerId: ann.id });
    await expectRefused(ben.post(`/rooms/${id}/claim`), 'contest.over');
    expect(await counts(ben, id, 'contest.ended')).toBe(1);
  });

  it('is not gone while a tab of his is open', async () => {
    const { id } = await startFor(ann, ben, { onGone: 'claim' });
    await ben.watch(id);
    clock.travel(61 * SECOND);
    const now = clock.now();
    // The server looks at live tabs every few seconds.
    await eventually('Ben is heard of', async () => {
      const [row] = await server.world.db.query<{ heard: boolean }[]>(
        'SELECT seen_at >= $2 AS heard FROM participants WHERE user_id = $1',
        [ben.id, now],
      );
      return row?.heard;
    });
    await expectRefused(ann.post(`/rooms/${id}/claim`), 'auth.forbidden');
  });

  it('does not win by going: the clock goes on and the board decides', async () => {
    const { id } = await startFor(ann, ben, { minutes: 5 });
    const watch = await ann.watch(id, 0);
    await submit(ben, id, 'AC');
    await watch.until('submission.judged');
    clock.travel(6 * MINUTE);
    expect((await watch.until('contest.finalized')).data).toMatchObject({ winnerId: ben.id, reason: 'time' });
    await expectRefused(ann.post(`/rooms/${id}/submissions`, submission('AC')), 'contest.over');
  });
});
