import type { Player } from '../support/player';
import {
  atOnce,
  expectDone,
  expectRefused,
  openFor,
  roomOf,
  startFor,
  submission,
  submit,
  tally,
} from '../support/rooms';
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
  server = await startServer({ env: { LOG_LEVEL: 'silent' }, change: (world) => ({ ...world, clock, judge }) });
});
afterAll(async () => {
  await judge.close();
  await server.close();
});
beforeEach(async () => {
  [ann, ben] = [await server.guest('Ann'), await server.guest('Ben')];
});
afterEach(() => clock.goOn());

const send = (player: Player, room: { id: string }, body: object) => player.post(`/rooms/${room.id}/submissions`, body);
const rowsOf = async (id: string): Promise<number> => {
  const [row] = await server.world.db.query<{ count: number }[]>(
    'SELECT count(*)::int AS count FROM submissions WHERE room_id = $1',
    [id],
  );
  return row!.count;
};

describe('the deadline', () => {
  it('lets in the first and the last millisecond, and not the end itself', async () => {
    clock.stopAt(clock.now());
    const room = await startFor(ann, ben, { minutes: 0.1 });
    const { startedAt, endsAt } = await roomOf(ann, room.id);
    expect(Date.parse(endsAt) - Date.parse(startedAt)).toBe(6_000);
    const first = await send(ann, room, submission('AC first'));
    expect(first.body.receivedAt).toBe(startedAt);
    clock.stopAt(Date.parse(endsAt) - 1);
    const last = await send(ben, room, submission('AC last'));
    expect(last.body.receivedAt).toBe(new Date(Date.parse(endsAt) - 1).toISOString());
    clock.stopAt(Date.parse(endsAt));
    await expectRefused(send(ann, room, submission('AC late')), 'contest.over');
    expect((await roomOf(ann, room.id)).endedAt).toBe(endsAt);
    expect(await rowsOf(room.id)).toBe(2);
  });

  it('lets nothing in before the start, after the end and in a cancelled room', async () => {
    const lobby = await openFor(ann, ben, { countdownSeconds: 30 });
    await expectRefused(send(ann, lobby, submission('AC')), 'contest.not-running');
    await expectRefused(ann.post(`/rooms/${lobby.id}/trials`, withoutKey('AC')), 'contest.not-running');
    await expectDone(ann.post(`/rooms/${lobby.id}/cancel`));
    await expectRefused(send(ann, lobby, submission('AC')), 'room.closed');
    await expectRefused(ann.post(`/rooms/${lobby.id}/trials`, withoutKey('AC')), 'room.closed');
    const room = await startFor(ann, ben);
    await expectDone(ben.post(`/rooms/${room.id}/resign`));
    await expectRefused(send(ann, room, submission('AC')), 'contest.over');
    await expectRefused(ann.post(`/rooms/${room.id}/trials`, withoutKey('AC')), 'contest.over');
    expect(await rowsOf(room.id)).toBe(0);
  });
});

const withoutKey = (source: string, more: object = {}) => ({ problem: 'A', language: 'python', source, ...more });

describe('what may be submitted', () => {
  it('is text of at most 64 KiB, counted in bytes', async () => {
    const room = await startFor(ann, ben);
    const exactly = `AC ${'é'.repeat(32_766)}x`;
    expect(Buffer.byteLength(exactly)).toBe(65_536);
    expect((await send(ann, room, submission(exactly))).status).toBe(202);
    await expectRefused(send(ann, room, submission(`${exactly}x`)), 'source.too-large');
    await expectRefused(send(ann, room, submission('x'.repeat(300_000))), 'source.too-large');
    for (const source of ['', ' \n\t ']) await expectRefused(send(ann, room, submission(source)), 'source.empty');
    for (const source of ['AC \0', 'AC \ud83d', '\udc00 AC'])
      await expectRefused(send(ann, room, submission(source)), 'source.invalid');
    for (const input of ['\0', '\ud83d'])
      await expectRefused(ann.post(`/rooms/${room.id}/trials`, withoutKey('AC', { input })), 'source.invalid');
    const tooLong = withoutKey('AC', { input: 'x'.repeat(65_537) });
    await expectRefused(ann.post(`/rooms/${room.id}/trials`, tooLong), 'source.too-large');
    expect(await rowsOf(room.id)).toBe(1);
    const [stored] = (await ann.get(`/rooms/${room.id}/submissions`)).body.items;
    expect(stored.source).toBe(exactly);
  });

  it('is for a problem of the room, in a language it allows', async () => {
    const room = await startFor(ann, ben, { languages: ['python'] });
    for (const at of ['submissions', 'trials']) {
      const post = (more: object) =>
        ann.post(`/rooms/${room.id}/${at}`, at === 'trials' ? withoutKey('AC', more) : submission('AC', more));
      for (const problem of ['B', 'J', 'a', 'a-plus-b', ''])
        await expectRefused(post({ problem }), 'problem.not-found');
      for (const language of ['cpp', 'klingon', '']) await expectRefused(post({ language }), 'language.unknown');
      for (const more of [{ problem: 1 }, { source: null }, { language: ['python'] }, { more: 1 }])
        await expectRefused(post(more), 'request.malformed');
    }
    for (const key of ['', 'a b', 'ä', 'x'.repeat(101), null, 7, undefined])
      await expectRefused(send(ann, room, { ...submission('AC'), key }), 'request.malformed');
    expect(await rowsOf(room.id)).toBe(0);
  });

  it('comes from a player: not from a spectator, a referee or a stranger', async () => {
    const [referee, eve, mallory] = [await server.guest('Ref'), await server.guest('Eve'), await server.guest('Mal')];
    const { body } = await referee.post('/rooms', {
      settings: { password: null, hostPlays: false, spectators: true, countdownSeconds: 0, problems: ['a-plus-b'] },
    });
    const { room } = body;
    for (const player of [ann, ben]) {
      await player.post('/rooms/join', { code: room.code });
      await expectDone(player.post(`/rooms/${room.id}/ready`, { ready: true }));
    }
    await eve.post('/rooms/join', { code: room.code, as: 'spectator' });
    await expectDone(referee.post(`/rooms/${room.id}/start`));
    for (const other of [eve, referee]) {
      await expectRefused(send(other, room, submission('AC')), 'room.not-member');
      await expectRefused(other.post(`/rooms/${room.id}/trials`, withoutKey('AC')), 'room.not-member');
    }
    await expectRefused(send(mallory, room, submission('AC')), 'room.not-found');
    await expectRefused(mallory.post(`/rooms/${room.id}/trials`, withoutKey('AC')), 'room.not-found');
    expect(await rowsOf(room.id)).toBe(0);
    expect((await send(ann, room, submission('AC'))).status).toBe(202);
  });
});

describe('a key', () => {
  it('is one submission, however often and how much at once it is sent, also after the end', async () => {
    const room = await startFor(ann, ben);
    const watch = await ben.watch(room.id, 0);
    const body = submission('AC by key');
    const replies = await atOnce(10, () => send(ann, room, body));
    expect(tally(replies)).toEqual({ 202: 10 });
    expect(new Set(replies.map(({ body: answer }) => JSON.stringify(answer))).size).toBe(1);
    await watch.until('submission.judged');
    await expectDone(ann.post(`/rooms/${room.id}/resign`));
    expect((await send(ann, room, body)).body).toEqual(replies[0]!.body);
    expect(await rowsOf(room.id)).toBe(1);
    expect(judge.timesSeen('AC by key')).toBe(1);
    expect(watch.types().filter((type) => type === 'submission.received')).toHaveLength(1);
    await expectRefused(send(ann, room, { ...body, source: 'WA' }), 'submission.key-reused');
    await expectRefused(send(ann, room, { ...body, key: 'another' }), 'contest.over');
  });

  it('belongs to its body, its author and its room', async () => {
    const room = await startFor(ann, ben, { problems: ['a-plus-b', 'toll-ticket'] });
    const body = submission('AC');
    const { submissionId } = (await send(ann, room, body)).body;
    for (const more of [{ source: 'AC ' }, { problem: 'B' }, { language: 'cpp' }])
      await expectRefused(send(ann, room, { ...body, ...more }), 'submission.key-reused');
    const others = await send(ben, room, body);
    expect(others.status).toBe(202);
    expect(others.body.submissionId).not.toBe(submissionId);
    await expectDone(ben.post(`/rooms/${room.id}/resign`));
    const next = await startFor(ann, ben);
    expect((await send(ann, next, body)).body.submissionId).not.toBe(submissionId);
  });

  it('with different bodies at once is one of them, and the others are refused', async () => {
    const room = await startFor(ann, ben);
    const replies = await atOnce(10, (index) => send(ann, room, { ...submission(`AC ${index}`), key: 'click' }));
    expect(tally(replies)).toEqual({ 202: 1, 'submission.key-reused': 9 });
    expect(await rowsOf(room.id)).toBe(1);
  });
});

describe('too much', () => {
  it('of trials at once has to wait', async () => {
    const room = await startFor(ann, ben);
    const trials = await atOnce(5, (index) => ann.post(`/rooms/${room.id}/trials`, withoutKey(`hold trial ${index}`)));
    expect(tally(trials)).toEqual({ 202: 5 });
    const refused = await expectRefused(ann.post(`/rooms/${room.id}/trials`, withoutKey('AC')), 'rate.limited');
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    for (const index of [0, 1, 2, 3, 4]) (await judge.holding(`hold trial ${index}`)).say('AC');
    await eventually(
      'another trial may run',
      async () => (await ann.post(`/rooms/${room.id}/trials`, withoutKey('AC'))).status === 202,
    );
  });

  it('for the judge is refused, and says when to come again', async () => {
    const room = await startFor(ann, ben);
    const known = submission('AC before');
    const { body } = await send(ann, room, known);
    const later = clock.now() + 3_600_000;
    await server.world.db.query(
      `INSERT INTO trials (id, room_id, user_id, label, language, source, created_at, due_at)
        SELECT 'trial_' || n, $1, $2, 'A', 'python', 'AC', 0, $3 FROM generate_series(1, 20000) n`,
      [room.id, ben.id, later],
    );
    const refused = await eventually('the backlog is noticed', async () => {
      const reply = await send(ann, room, submission('AC more'));
      return reply.status === 503 && reply;
    });
    expect(refused.body.error.code).toBe('queue.full');
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await send(ann, room, known)).body).toEqual(body);
    await server.world.db.query('DELETE FROM trials WHERE due_at = $1', [later]);
    await eventually('it is taken again', () => submit(ann, room.id, 'AC again').catch(() => false as const));
  });
});
