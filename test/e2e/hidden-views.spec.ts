import type { Player, Watch } from '../support/player';
import { MINUTE, SECOND } from '../support/room-builder';
import { expectDone, expectRefused, startFor, submit } from '../support/rooms';
import { startServer, type TestServer } from '../support/server';
import { ToldJudge } from '../support/told-judge';
import { TravelClock } from '../support/travel-clock';

const clock = new TravelClock();
const judge = new ToldJudge();
let server: TestServer;
let ann: Player;
let ben: Player;
let eve: Player;
beforeAll(async () => {
  server = await startServer({ change: (world) => ({ ...world, clock, judge }) });
});
afterAll(async () => {
  await judge.close();
  await server.close();
});

/** A contest of ann and ben that eve watches; all three listen. */
async function watched(settings: object): Promise<{ id: string; annSees: Watch; benSees: Watch; eveSees: Watch }> {
  [ann, ben, eve] = [await server.guest('Ann'), await server.guest('Ben'), await server.guest('Eve')];
  const { id, code, password } = await startFor(ann, ben, { minutes: 60, spectators: true, ...settings });
  await eve.post('/rooms/join', { code, password, as: 'spectator' });
  return { id, annSees: await ann.watch(id, 0), benSees: await ben.watch(id, 0), eveSees: await eve.watch(id, 0) };
}
const verdict =
  (by: Player, code: string) =>
  ({ type, data }: { type?: string; data?: { userId: string; verdict: string } }) =>
    type === 'submission.judged' && data!.userId === by.id && data!.verdict === code;
const caughtUp = (watch: Watch, seq: number) => watch.until((event) => event.seq === seq);
/** Everything the server tells somebody of a room by request. */
async function toldTo(player: Player, id: string): Promise<{ board: string; text: string; submissions: unknown[] }> {
  const [room, events, board, list] = await Promise.all(
    ['', '/events', '/leaderboard', '/submissions'].map((path) => player.get(`/rooms/${id}${path}`)),
  );
  return {
    board: JSON.stringify(board!.body.rows),
    text: JSON.stringify([room!.body.room.submissions, room!.body.room.leaderboard, events!.body.events, list!.body]),
    submissions: room!.body.room.submissions,
  };
}
const cellOf = (board: string, player: Player) =>
  (JSON.parse(board) as { userId: string; cells: { A: object } }[]).find(({ userId }) => userId === player.id)!.cells.A;
const dense = (watch: Watch) => expect(watch.events.map(({ seq }) => seq)).toEqual(watch.events.map((_, at) => at + 1));

describe('an opponent’s view', () => {
  it.each([
    ['full', ['WA', 'AC'], 'solved'],
    ['solved', ['AC'], 'solved'],
    ['blind', [], 'untouched'],
  ])('%s: of Ann’s submissions Ben and a spectator hear %j', async (opponentView, heard, state) => {
    const { id, annSees, benSees, eveSees } = await watched({ opponentView });
    const wrong = await submit(ann, id, 'WA');
    await annSees.until(verdict(ann, 'WA'));
    const right = await submit(ann, id, 'AC');
    await annSees.until(verdict(ann, 'AC'));
    const { seq } = annSees.events.at(-1)!;
    for (const watch of [benSees, eveSees]) {
      await caughtUp(watch, seq);
      dense(watch);
      const verdicts = watch.events.filter(({ type }) => type === 'submission.judged').map(({ data }) => data.verdict);
      expect(verdicts).toEqual(heard);
      for (const { type, data } of watch.events)
        if (type === 'submission.judged')
          expect(cellOf(JSON.stringify(data.leaderboard.rows), ann)).toMatchObject({
            state: heard[0] === 'AC' || data.verdict === 'AC' ? 'solved' : 'tried',
          });
    }
    for (const player of [ben, eve]) {
      const { board, text, submissions } = await toldTo(player, id);
      expect(cellOf(board, ann)).toMatchObject({ state });
      expect(submissions).toHaveLength(heard.length);
      expect(text.includes(wrong)).toBe(heard.includes('WA'));
      expect(text.includes(right)).toBe(heard.includes('AC'));
      await expectRefused(player.get(`/submissions/${right}`), 'submission.not-found');
    }
    const own = await toldTo(ann, id);
    expect(cellOf(own.board, ann)).toMatchObject({ state: 'solved', tries: 2 });

    await expectDone(ben.post(`/rooms/${id}/resign`));
    const final = await benSees.until('contest.finalized');
    expect(cellOf(JSON.stringify(final.data.leaderboard.rows), ann)).toMatchObject({ state: 'solved', tries: 2 });
    expect((await toldTo(ben, id)).submissions).toHaveLength(2);
    expect((await ben.get(`/submissions/${wrong}`)).body.source).toBe('WA');
  });
});

describe('a freeze', () => {
  it('shows what comes in it as pending to everybody but its author, until the reveal', async () => {
    const { id, annSees, benSees, eveSees } = await watched({ freezeMinutes: 50 });
    await submit(ann, id, 'WA');
    await benSees.until(verdict(ann, 'WA'));
    clock.travel(11 * MINUTE);
    const right = await submit(ann, id, 'AC');
    await annSees.until(verdict(ann, 'AC'));
    const { seq } = annSees.events.at(-1)!;
    for (const watch of [benSees, eveSees]) {
      expect(await caughtUp(watch, seq)).toEqual({ roomId: id, seq });
      dense(watch);
      await watch.until(({ type, data }) => type === 'submission.received' && data.submissionId === right);
    }
    for (const player of [ben, eve]) {
      const { board, submissions } = await toldTo(player, id);
      expect(cellOf(board, ann)).toMatchObject({ state: 'pending', tries: 1, pending: 1 });
      expect(submissions).toMatchObject([{ verdict: 'WA' }, { verdict: 'PENDING' }]);
    }
    expect(cellOf((await toldTo(ann, id)).board, ann)).toMatchObject({ state: 'solved', tries: 2 });
    await expectRefused(ann.post(`/rooms/${id}/reveal`), 'contest.not-ready');

    clock.travel(3 * MINUTE);
    for (const player of [ann, ben]) await expectDone(player.post(`/rooms/${id}/end`));
    for (const watch of [benSees, eveSees]) {
      const { data } = await watch.until('contest.finalized');
      expect(data).not.toHaveProperty('winnerId');
      expect(cellOf(JSON.stringify(data.leaderboard.rows), ann)).toMatchObject({ state: 'pending' });
    }
    for (const player of [ben, eve]) {
      const { text, board } = await toldTo(player, id);
      expect(text).not.toContain('"AC"');
      expect(cellOf(board, ann)).toMatchObject({ state: 'pending' });
      expect((await player.get(`/rooms/${id}`)).body.room.winnerId).toBeNull();
      await expectRefused(player.get(`/submissions/${right}`), 'submission.not-found');
    }
    await expectRefused(ben.post(`/rooms/${id}/reveal`), 'room.not-host');
    for (let times = 0; times < 3; times += 1) await expectDone(ann.post(`/rooms/${id}/reveal`));
    for (const watch of [annSees, benSees, eveSees]) {
      const { data } = await watch.until('contest.revealed');
      expect(data).toMatchObject({ winnerId: ann.id });
      expect(cellOf(JSON.stringify(data.leaderboard.rows), ann)).toMatchObject({ state: 'solved', tries: 2 });
    }
    expect((await toldTo(ben, id)).text.match(/contest\.revealed/g)).toHaveLength(1);
    expect((await ben.get(`/submissions/${right}`)).body.source).toBe('AC');
    await expectRefused(eve.get(`/submissions/${right}`), 'submission.not-found');
  });

  it('tells a spectator the same of two contests that differ only in it, to the byte', async () => {
    const streams = [];
    const startedAt = clock.now() + MINUTE;
    for (const code of ['AC', 'WA']) {
      clock.stopAt(startedAt);
      const { id, annSees, eveSees } = await watched({ freezeMinutes: 59.9 });
      clock.travel(30 * SECOND);
      await submit(ann, id, code);
      await annSees.until(verdict(ann, code));
      const { seq } = annSees.events.at(-1)!;
      await caughtUp(eveSees, seq);
      const { text } = await toldTo(eve, id);
      const names = new Map<string, string>();
      const plain = (told: string) =>
        told.replace(/\b(room|user|sub)_[0-9a-f-]{36}/g, (name, kind: string) => {
          if (!names.has(name)) names.set(name, `${kind}${names.size}`);
          return names.get(name)!;
        });
      const code8 = (await eve.get(`/rooms/${id}`)).body.room.code;
      streams.push(plain(JSON.stringify([eveSees.events, text])).replaceAll(code8, 'CODE'));
      clock.goOn();
    }
    expect(streams[0]).toBe(streams[1]);
  });
});
