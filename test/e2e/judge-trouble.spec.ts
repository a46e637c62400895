import { MemoryJudgeQueue } from '../../src/adapters/embedded/memory.queue';
import type { JobId, RoomId, SubmissionId } from '../../src/contract/terms';
import { JudgeWorker } from '../../src/judging/judge.worker';
import { RoomService } from '../../src/rooms/room.service';
import { JobStore } from '../../src/store/job.store';
import type { Player, Watch } from '../support/player';
import { MINUTE, SECOND } from '../support/room-builder';
import { expectDone, roomOf, startFor, submit } from '../support/rooms';
import { startServer, type TestServer } from '../support/server';
import { ToldJudge } from '../support/told-judge';
import { TravelClock } from '../support/travel-clock';
import { eventually } from '../support/eventually';

/** Loses what it is told while it is deaf. */
class DeafQueue extends MemoryJudgeQueue {
  deaf = false;
  override announce(job: JobId): Promise<void> {
    return this.deaf ? Promise.resolve() : super.announce(job);
  }
}

const clock = new TravelClock();
const judge = new ToldJudge();
const queue = new DeafQueue();
let server: TestServer;
let ann: Player;
let ben: Player;
let room: { id: string };
let watch: Watch;
beforeAll(async () => {
  server = await startServer({ change: (world) => ({ ...world, clock, judge, queue }) });
});
afterAll(async () => {
  await judge.close();
  await server.close();
});
beforeEach(async () => {
  [ann, ben] = [await server.guest('Ann'), await server.guest('Ben')];
  room = await startFor(ann, ben, { minutes: 300 });
  watch = await ann.watch(room.id, 0);
});

const judged = (verdict: string) =>
  watch.until(({ type, data }) => type === 'submission.judged' && data.verdict === verdict);
const timesJudged = () => watch.types().filter((type) => type === 'submission.judged').length;
const end = async () => {
  for (const player of [ann, ben]) await expectDone(player.post(`/rooms/${room.id}/end`));
};
const rejudge = (id: string) => server.app.get(JobStore).rejudge(id as SubmissionId);
const attempts = (id: string) =>
  server.world.db.query<{ attempt: number; verdict: string | null; reason: string | null }[]>(
    'SELECT attempt, verdict, reason FROM judgings WHERE submission_id = $1 ORDER BY attempt',
    [id],
  );
/** Lets time pass, in steps shorter than a claim, until it is so. */
const passing = (seconds: number, find: () => boolean) =>
  eventually(
    find.toString(),
    () => {
      if (find()) return true;
      clock.travel(seconds * SECOND);
      return false;
    },
    { patienceMs: 25_000, paceMs: 1_100 },
  );

describe('a result', () => {
  it('waits for every verdict, and does not depend on which came first', async () => {
    await submit(ann, room.id, 'hold ann');
    // Less than a claim lasts: beyond that the sweep would have it judged by another attempt.
    clock.travel(10_000);
    await submit(ben, room.id, 'hold ben');
    await end();
    await watch.until('contest.ended');
    (await judge.holding('hold ben')).say('AC');
    const { data } = await judged('AC');
    expect(data).toMatchObject({ userId: ben.id, provisional: true });
    const board = (await ann.get(`/rooms/${room.id}/leaderboard`)).body;
    expect(board).toMatchObject({ final: false, rows: [{ userId: ben.id, cells: { A: { provisional: true } } }, {}] });
    expect(await roomOf(ann, room.id)).toMatchObject({ finalizedAt: null, winnerId: null });
    (await judge.holding('hold ann')).say('AC');
    expect((await watch.until('contest.finalized')).data).toMatchObject({ winnerId: ann.id, reason: 'agreed' });
    expect((await ann.get(`/rooms/${room.id}/leaderboard`)).body).toMatchObject({
      final: true,
      rows: [{ userId: ann.id, cells: { A: { first: true, provisional: false } } }, {}],
    });
  });
});

describe('an engine that fails', () => {
  it('on one job again and again is a judge error at last: announced once, charged to nobody', async () => {
    const id = await submit(ann, room.id, 'FAIL always');
    await passing(10, () => timesJudged() > 0);
    expect(judge.timesSeen('FAIL always')).toBe(5);
    const { data } = await judged('JE');
    const row = data.leaderboard.rows.find(({ userId }: { userId: string }) => userId === ann.id);
    expect(row).toMatchObject({ solved: 0, penalty: 0, cells: { A: { state: 'pending', tries: 0, pending: 1 } } });
    clock.travel(5 * MINUTE);
    await end();
    await watch.until('contest.ended');
    expect(await roomOf(ann, room.id)).toMatchObject({ finalizedAt: null });
    expect(timesJudged()).toBe(1);

    judge.insists.set('FAIL always', 'AC');
    expect(await rejudge(id)).toBe(true);
    expect((await watch.until('contest.finalized')).data).toMatchObject({ winnerId: ann.id });
    expect(timesJudged()).toBe(2);
    expect((await ann.get(`/submissions/${id}`)).body.verdict).toBe('AC');
  });

  it('for good is believed at once, and an operator can make the result final without it', async () => {
    await submit(ann, room.id, 'BROKEN');
    await judged('JE');
    expect(judge.timesSeen('BROKEN')).toBe(1);
    await submit(ben, room.id, 'AC');
    await judged('AC');
    await end();
    expect((await roomOf(ann, room.id)).finalizedAt).toBeNull();
    const close = () => server.app.get(RoomService).dispatch(room.id as RoomId, { do: 'close' });
    await Promise.all(Array.from({ length: 20 }, close));
    expect((await watch.until('contest.finalized')).data).toMatchObject({ winnerId: ben.id });
    const rows = await server.world.db.query('SELECT 1 FROM contest_history WHERE room_id = $1', [room.id]);
    expect(rows).toHaveLength(2);
    expect((await ben.get('/me/stats')).body).toMatchObject({ contests: 1, wins: 1 });
  });

  it('because it is down delays and never decides, however often it fails', async () => {
    judge.available = false;
    const id = await submit(ann, room.id, 'hold outage');
    await eventually('it is owed', () =>
      server.app
        .get(JobStore)
        .backlog()
        .then((owed) => owed > 0),
    );
    expect(judge.timesSeen('hold outage')).toBe(0);
    for (let times = 0; times < 7; times += 1) {
      judge.available = true;
      await passing(20, () => judge.heldOf('hold outage').length > 0);
      judge.available = false;
      judge.heldOf('hold outage')[0]!.say('FAIL');
      const lost = async () => (await attempts(id)).filter(({ reason }) => reason !== null).length;
      await eventually('it is put off', async () => (await lost()) === times + 1);
    }
    judge.available = true;
    await passing(20, () => judge.heldOf('hold outage').length > 0);
    expect((await ann.get(`/submissions/${id}`)).body.verdict).toBe('PENDING');
    judge.heldOf('hold outage')[0]!.say('AC');
    await judged('AC');
    expect(timesJudged()).toBe(1);
  });
});

describe('an attempt', () => {
  it('that was overtaken changes nothing any more', async () => {
    const id = await submit(ann, room.id, 'hold late');
    const first = await judge.holding('hold late');
    await passing(70, () => judge.heldOf('hold late').length === 2);
    const second = judge.heldOf('hold late')[1]!;
    first.say('WA');
    await eventually('the first is said', () => judge.heldOf('hold late').length === 1);
    second.say('AC');
    await judged('AC');
    expect(timesJudged()).toBe(1);
    expect((await ann.get(`/submissions/${id}`)).body.verdict).toBe('AC');
    const rows = await attempts(id);
    expect(rows.at(-1)!.verdict).toBe('AC');
    expect(rows.slice(0, -1).every(({ verdict }) => verdict === null)).toBe(true);
  });

  it('is overtaken by a rejudge that was asked for while it ran', async () => {
    const id = await submit(ann, room.id, 'hold rejudge');
    const first = await judge.holding('hold rejudge');
    await rejudge(id);
    first.say('WA');
    await eventually('it is judged again', () => judge.timesSeen('hold rejudge') === 2);
    expect(timesJudged()).toBe(0);
    (await judge.holding('hold rejudge')).say('AC');
    await judged('AC');
    expect(timesJudged()).toBe(1);
  });

  it('stops running when its claim turns out to be lost, and its place is taken', async () => {
    const id = await submit(ann, room.id, 'hold stopped');
    const first = await judge.holding('hold stopped');
    await server.app.get(JudgeWorker).renew();
    expect(judge.heldOf('hold stopped')).toEqual([first]);
    await rejudge(id);
    await server.app.get(JudgeWorker).renew();
    expect(judge.heldOf('hold stopped')).not.toContain(first);
    const second = await judge.holding('hold stopped');
    const [stopped] = await attempts(id);
    expect(stopped).toMatchObject({ verdict: null, reason: 'Another attempt took its place' });
    second.say('AC');
    await judged('AC');
    expect(timesJudged()).toBe(1);
  });

  it('is one, however often it is announced, also after the verdict', async () => {
    const id = (await submit(ann, room.id, 'hold repeated')) as SubmissionId;
    const held = await judge.holding('hold repeated');
    for (let times = 0; times < 20; times += 1) await queue.announce(id);
    held.say('WA');
    await judged('WA');
    for (let times = 0; times < 20; times += 1) await queue.announce(id);
    await submit(ann, room.id, 'AC after that');
    await judged('AC');
    expect(judge.timesSeen('hold repeated')).toBe(1);
    expect(timesJudged()).toBe(2);
  });

  it('is made though the announcement got lost', async () => {
    queue.deaf = true;
    await submit(ann, room.id, 'AC unheard');
    queue.deaf = false;
    await judged('AC');
  });

  it('that gives another verdict in a rejudge of a final contest changes the submission alone', async () => {
    const id = await submit(ann, room.id, 'AC then not');
    await judged('AC');
    await end();
    await watch.until('contest.finalized');
    judge.insists.set('AC then not', 'FAIL');
    await rejudge(id);
    await passing(10, () => judge.timesSeen('AC then not') === 6);
    await eventually('nothing is owed', async () => {
      const [row] = await server.world.db.query<{ done: boolean }[]>(
        'SELECT due_at IS NULL AS done FROM submissions WHERE id = $1',
        [id],
      );
      return row!.done;
    });
    expect((await ann.get(`/submissions/${id}`)).body.verdict).toBe('AC');
    expect(timesJudged()).toBe(1);
  });
});
