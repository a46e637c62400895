import type { Player } from '../support/player';
import { atOnce, expectDone, expectRefused, roomOf, startFor, submit, tally } from '../support/rooms';
import { startServer, type TestServer } from '../support/server';
import { ToldJudge } from '../support/told-judge';

const judge = new ToldJudge();
let server: TestServer;
let ann: Player;
let ben: Player;
beforeAll(async () => {
  server = await startServer({ change: (world) => ({ ...world, judge }) });
});
afterAll(async () => {
  await judge.close();
  await server.close();
});
beforeEach(async () => {
  [ann, ben] = [await server.guest('Ann'), await server.guest('Ben')];
});

const rematch = (player: Player, id: string, answer: string) => player.post(`/rooms/${id}/rematch`, { answer });
const slugsOf = async (id: string): Promise<string[]> =>
  (await ann.get(`/rooms/${id}/problems`)).body.problems.map(({ slug }: { slug: string }) => slug);
const typesOf = async (id: string): Promise<string[]> =>
  (await ann.get(`/rooms/${id}/events`)).body.events.map(({ type }: { type: string }) => type);

describe('a rematch', () => {
  it('is offered, withdrawn and declined, and only after the contest', async () => {
    const { id } = await startFor(ann, ben);
    await expectRefused(rematch(ann, id, 'offer'), 'contest.not-ready');
    await expectDone(ann.post(`/rooms/${id}/resign`));
    await expectRefused(rematch(ann, id, 'accept'), 'contest.not-ready');
    await expectRefused(rematch(ann, id, 'perhaps'), 'request.malformed');
    for (let times = 0; times < 2; times += 1) await expectDone(rematch(ann, id, 'offer'));
    await expectRefused(rematch(ann, id, 'accept'), 'contest.not-ready');
    await expectDone(rematch(ben, id, 'withdraw'));
    expect((await roomOf(ben, id)).rematchOfferedBy).toBe(ann.id);
    for (let times = 0; times < 2; times += 1) await expectDone(rematch(ann, id, 'withdraw'));
    await expectRefused(rematch(ben, id, 'accept'), 'contest.not-ready');
    await expectDone(rematch(ben, id, 'offer'));
    for (let times = 0; times < 2; times += 1) await expectDone(rematch(ann, id, 'decline'));
    expect(await roomOf(ben, id)).toMatchObject({ rematchOfferedBy: null, rematchRoomId: null });
    expect((await typesOf(id)).filter((type) => type.startsWith('rematch.'))).toEqual([
      ...['rematch.offered', 'rematch.declined', 'rematch.offered', 'rematch.declined'],
    ]);
  });

  it('opens one next room, with both in it, the same settings and fresh problems', async () => {
    const settings = { problems: { count: 4 }, penaltyMinutes: 7, opponentView: 'solved', minutes: 12.5 };
    const first = await startFor(ann, ben, settings);
    const known = await slugsOf(first.id);
    await expectDone(ann.post(`/rooms/${first.id}/resign`));
    await expectDone(rematch(ben, first.id, 'offer'));
    expect(tally(await atOnce(20, () => rematch(ann, first.id, 'accept')))).toEqual({ 204: 20 });
    const { rematchRoomId } = await roomOf(ben, first.id);
    expect((await typesOf(first.id)).filter((type) => type === 'rematch.accepted')).toHaveLength(1);
    const next = await roomOf(ben, rematchRoomId);
    expect(next.settings).toEqual((await roomOf(ben, first.id)).settings);
    expect(next).toMatchObject({ hostId: ann.id, locked: true, startedAt: null });
    expect(next.players).toMatchObject([
      { userId: ann.id, name: 'Ann', seat: 1, ready: false },
      { userId: ben.id, name: 'Ben', seat: 2, ready: false },
    ]);
    await expectRefused(ann.post('/rooms'), 'player.already-in-a-room');
    for (const player of [ann, ben]) await expectDone(player.post(`/rooms/${next.id}/ready`, { ready: true }));
    await expectDone(ann.post(`/rooms/${next.id}/start`));
    for (const slug of await slugsOf(next.id)) expect(known).not.toContain(slug);
  });

  it('of both who offer at once is agreed', async () => {
    const { id } = await startFor(ann, ben);
    await expectDone(ann.post(`/rooms/${id}/resign`));
    expect(tally(await Promise.all([ann, ben].map((player) => rematch(player, id, 'offer'))))).toEqual({ 204: 2 });
    const { rematchRoomId } = await roomOf(ann, id);
    expect((await roomOf(ann, rematchRoomId)).players).toHaveLength(2);
  });

  it('waits for a player who is in another room', async () => {
    const { id } = await startFor(ann, ben);
    await expectDone(ann.post(`/rooms/${id}/resign`));
    await expectDone(rematch(ann, id, 'offer'));
    const { room } = (await ann.post('/rooms')).body;
    await expectRefused(rematch(ben, id, 'accept'), 'player.already-in-a-room');
    expect((await roomOf(ben, id)).rematchRoomId).toBeNull();
    await expectDone(ann.post(`/rooms/${room.id}/cancel`));
    await expectDone(rematch(ben, id, 'accept'));
    expect((await roomOf(ben, id)).rematchRoomId).toEqual(expect.stringMatching(/^room_/));
  });

  it('is agreed once between two players who have two of them open, whoever was the host', async () => {
    const pairs = await atOnce(8, async (index) => {
      const [one, two] = [await server.guest(`One ${index}`), await server.guest(`Two ${index}`)];
      const rooms: string[] = [];
      for (const [host, guest] of [
        [one, two],
        [two, one],
      ] as const) {
        const { id } = await startFor(host, guest, { password: null });
        await expectDone(host.post(`/rooms/${id}/resign`));
        await expectDone(rematch(host, id, 'offer'));
        rooms.push(id);
      }
      return () => Promise.all([rematch(two, rooms[0]!, 'accept'), rematch(one, rooms[1]!, 'accept')]);
    });
    const outcomes = await Promise.all(pairs.map(async (accept) => tally(await accept())));
    expect(outcomes).toEqual(pairs.map(() => ({ 204: 1, 'player.already-in-a-room': 1 })));
  });
});

describe('a final contest', () => {
  it('is written into history, statistics and rating once, however often it is ended', async () => {
    const { id } = await startFor(ann, ben, { problems: { count: 2 } });
    const watch = await ann.watch(id, 0);
    await submit(ben, id, 'AC');
    await watch.until('submission.judged');
    await expectDone(ann.post(`/rooms/${id}/end`));
    expect(tally(await atOnce(20, () => ben.post(`/rooms/${id}/end`)))).toEqual({ 204: 20 });
    await watch.until('contest.finalized');
    const [annHas, benHas] = await Promise.all([ann, ben].map(async (player) => (await player.get('/me/stats')).body));
    expect(annHas).toMatchObject({ contests: 1, wins: 0, losses: 1, draws: 0, solved: 0, winRate: 0 });
    expect(benHas).toMatchObject({ contests: 1, wins: 1, losses: 0, draws: 0, solved: 1, winRate: 1 });
    expect(benHas.rating).toBeGreaterThan(annHas.rating);
    const { items, next } = (await ben.get(`/users/${ann.id}/history`)).body;
    expect(next).toBeNull();
    expect(items).toMatchObject([
      {
        ...{ roomId: id, opponent: { userId: ben.id, name: 'Ben' }, outcome: 'loss', reason: 'agreed' },
        ...{ rank: 2, solved: 0, casual: false },
      },
    ]);
    expect(items[0].ratingAfter).toBeLessThan(items[0].ratingBefore);
    expect((await ann.get(`/users/${ben.id}`)).body).toMatchObject({ name: 'Ben', stats: benHas });
  });

  it('is drawn when nobody is ahead, and unrated when a player chose the problems', async () => {
    const before = (await ann.get('/me/stats')).body.rating;
    const { id } = await startFor(ann, ben);
    await expectDone(ann.post(`/rooms/${id}/resign`));
    const drawn = await startFor(ann, ben, { problems: { count: 1 } });
    for (const player of [ann, ben]) await expectDone(player.post(`/rooms/${drawn.id}/end`));
    expect((await ann.get('/me/stats')).body).toMatchObject({ contests: 2, losses: 1, draws: 1, rating: before });
    const { items } = (await ann.get(`/users/${ann.id}/history`)).body;
    expect(items).toMatchObject([
      { roomId: drawn.id, outcome: 'draw', casual: false },
      { roomId: id, outcome: 'loss', reason: 'resign', casual: true },
    ]);
    expect(items[1].ratingAfter).toBe(items[1].ratingBefore);
  });
});
