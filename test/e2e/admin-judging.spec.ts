import type { Player, Watch } from '../support/player';
import { eventually } from '../support/eventually';
import { expectDone, expectRefused, startFor, submit } from '../support/rooms';
import { startServer, type TestServer } from '../support/server';
import { auditOf, everyPage, staff } from '../support/staff';
import { ToldJudge } from '../support/told-judge';

const told = new ToldJudge();
let server: TestServer;
let judge: Player;
let ann: Player;
let ben: Player;
let room: { id: string };
let sees: Watch;
beforeAll(async () => {
  server = await startServer({ change: (world) => ({ ...world, judge: told }) });
  judge = await staff(server, 'judge');
});
afterAll(async () => {
  await told.close();
  await server.close();
});
beforeEach(async () => {
  [ann, ben] = [await server.guest('Ann'), await server.guest('Ben')];
  room = await startFor(ann, ben, { minutes: 300 });
  sees = await ann.watch(room.id, 0);
  await sees.until('contest.started');
});

const verdicts = (id: string) =>
  sees.events
    .filter(({ type, data }) => type === 'submission.judged' && data.submissionId === id)
    .map(({ data }) => data.verdict);
const judged = async (by: Player, source: string): Promise<string> => {
  const id = await submit(by, room.id, source);
  await sees.until(({ type, data }) => type === 'submission.judged' && data.submissionId === id);
  return id;
};
const begin = async (selection: object): Promise<string> => {
  const { status, body } = await judge.post('/admin/rejudges', { ...selection, reason: 'Test 7 was wrong' });
  expect([status, body.state]).toEqual([201, 'judging']);
  await eventually('all of it is judged', async () => (await look(body.id)).state === 'ready');
  return body.id;
};
const look = async (id: string) => (await judge.get(`/admin/rejudges/${id}`)).body;
const owed = () => server.world.db.query(`SELECT id FROM reruns WHERE due_at IS NOT NULL`);

describe('a submission', () => {
  it('is shown with its source, its tests and every attempt, and found by what it is', async () => {
    const id = await judged(ann, 'WA first');
    const { body } = await judge.get(`/admin/submissions/${id}`);
    expect(body).toMatchObject({
      ...{ id, roomId: room.id, userId: ann.id, name: 'Ann', problem: 'A', slug: 'a-plus-b', language: 'python' },
      ...{ verdict: 'WA', source: 'WA first', attempts: 1, tests: [{ index: 0, verdict: 'WA' }] },
      judgings: [{ attempt: 1, cause: 'first', verdict: 'WA', reason: null }],
    });
    const found = async (query: string) =>
      (await everyPage(judge, `/admin/submissions?${query}`)).map((one) => one['id']);
    expect(await found(`roomId=${room.id}`)).toEqual([id]);
    expect(await found(`userId=${ann.id}&language=python&slug=a-plus-b&verdict=WA`)).toEqual([id]);
    expect(await found(`userId=${ann.id}&verdict=AC`)).toEqual([]);
    expect(await found(`userId=${ben.id}`)).toEqual([]);
    const held = await submit(ben, room.id, 'hold this');
    expect(await found(`roomId=${room.id}&verdict=PENDING`)).toEqual([held]);
    (await told.holding('hold this')).say('AC');
    await expectRefused(judge.get('/admin/submissions/sub_none'), 'submission.not-found');
  });
});

describe('a rejudge', () => {
  it('changes nothing before it is applied, and then exactly what it showed', async () => {
    const [right, wrong, same] = [await judged(ann, 'AC a'), await judged(ben, 'WA b'), await judged(ben, 'CE c')];
    for (const [source, said] of [
      ['AC a', 'WA'],
      ['WA b', 'AC'],
    ] as const)
      told.insists.set(source, said);
    const scope = (await judge.post('/admin/rejudges/preview', { roomId: room.id })).body;
    expect(scope).toMatchObject({ submissions: 3, rooms: 1, openRooms: 1, finalRooms: 0 });
    expect(scope.verdicts).toHaveLength(3);
    expect(told.timesSeen('AC a')).toBe(1);

    const id = await begin({ roomId: room.id, slug: 'a-plus-b' });
    expect(await look(id)).toMatchObject({
      ...{
        state: 'ready',
        submissions: 3,
        judged: 3,
        changed: 2,
        failed: 0,
        by: { userId: judge.id },
        reason: 'Test 7 was wrong',
      },
      moves: expect.arrayContaining([
        { before: 'AC', after: 'WA', count: 1 },
        { before: 'WA', after: 'AC', count: 1 },
        { before: 'CE', after: 'CE', count: 1 },
      ]),
    });
    const board = (await ann.get(`/rooms/${room.id}/leaderboard`)).body;
    const boards = (await judge.get(`/admin/rejudges/${id}/rooms/${room.id}`)).body;
    expect(boards.before.rows).toEqual(board.rows);
    expect(boards.after.rows[0]).toMatchObject({ userId: ben.id, solved: 1 });
    expect([verdicts(right), verdicts(wrong)]).toEqual([['AC'], ['WA']]);
    const changes = await everyPage(judge, `/admin/rejudges/${id}/changes`);
    expect(changes.map((one) => one['submissionId']).toSorted()).toEqual([right, wrong].toSorted());
    expect(await everyPage(judge, `/admin/rejudges/${id}/changes?all=true`)).toHaveLength(3);

    const applied = await judge.post(`/admin/rejudges/${id}/apply`);
    expect(applied.body).toEqual({ applied: 2, overtaken: 0, left: 0 });
    await sees.until(({ data }) => data?.submissionId === wrong && data.verdict === 'AC');
    expect([verdicts(right), verdicts(wrong), verdicts(same)]).toEqual([['AC', 'WA'], ['WA', 'AC'], ['CE']]);
    expect((await ann.get(`/rooms/${room.id}/leaderboard`)).body.rows).toEqual(boards.after.rows);
    expect((await judge.get(`/admin/submissions/${right}`)).body).toMatchObject({
      ...{ verdict: 'WA', attempts: 2, tests: [{ index: 0, verdict: 'WA' }] },
      judgings: [
        { cause: 'first', verdict: 'AC' },
        { attempt: 2, cause: 'rejudge', verdict: 'WA' },
      ],
    });
    expect((await judge.post(`/admin/rejudges/${id}/apply`)).body).toEqual({ applied: 0, overtaken: 0, left: 0 });
    await expectRefused(judge.post(`/admin/rejudges/${id}/discard`), 'rejudge.settled');
    expect(await auditOf(server, id)).toMatchObject([
      { actor: judge.id, action: 'rejudge.begin', detail: { roomId: room.id, submissions: 3 } },
      { action: 'rejudge.apply', detail: { changed: 2 } },
    ]);
    const requestId = applied.headers.get('x-request-id');
    expect(await auditOf(server, right)).toMatchObject([
      { action: 'submission.rejudge', detail: { from: 'AC', to: 'WA', rejudgeId: id }, request_id: requestId },
    ]);
  });

  it('that is discarded leaves everything as it was, also in the middle', async () => {
    const id = await judged(ann, 'hold and discard'.replace('hold', 'AC'));
    told.insists.set('AC and discard', 'FAIL');
    const { body } = await judge.post('/admin/rejudges', { submissionId: id, reason: 'Doubt' });
    await expectRefused(judge.post(`/admin/rejudges/${body.id}/apply`), 'rejudge.not-ready');
    for (let time = 0; time < 2; time += 1) await expectDone(judge.post(`/admin/rejudges/${body.id}/discard`));
    await expectRefused(judge.post(`/admin/rejudges/${body.id}/apply`), 'rejudge.settled');
    expect((await look(body.id)).state).toBe('discarded');
    expect(await owed()).toEqual([]);
    expect(verdicts(id)).toEqual(['AC']);
    expect((await auditOf(server, body.id)).map(({ action }) => action)).toEqual(['rejudge.begin', 'rejudge.discard']);
  });

  it('is overtaken where the submission has been judged again since, and counts once when applied twice at once', async () => {
    const [first, second] = [await judged(ann, 'AC one'), await judged(ann, 'AC two')];
    for (const source of ['AC one', 'AC two']) told.insists.set(source, 'WA');
    const [older, newer] = [await begin({ roomId: room.id }), await begin({ submissionId: first })];
    expect((await judge.post(`/admin/rejudges/${newer}/apply`)).body).toMatchObject({ applied: 1 });
    const both = await Promise.all([1, 2].map(() => judge.post(`/admin/rejudges/${older}/apply`)));
    const sum = (what: 'applied' | 'overtaken') => both.reduce((total, { body }) => total + Number(body[what]), 0);
    expect(sum('applied')).toBe(1);
    expect(sum('overtaken')).toBeGreaterThanOrEqual(1);
    expect((await look(older)).state).toBe('applied');
    await sees.until(({ data }) => data?.submissionId === second && data.verdict === 'WA');
    expect([verdicts(first), verdicts(second)]).toEqual([
      ['AC', 'WA'],
      ['AC', 'WA'],
    ]);
  });

  it('keeps a verdict where the judge gives up, and the winner of a final contest', async () => {
    const [lost, won] = [await judged(ann, 'AC lost'), await judged(ann, 'AC won')];
    for (const player of [ann, ben]) await expectDone(player.post(`/rooms/${room.id}/end`));
    expect((await sees.until('contest.finalized')).data.winnerId).toBe(ann.id);
    told.insists.set('AC lost', 'BROKEN');
    told.insists.set('AC won', 'WA');
    expect((await judge.post('/admin/rejudges/preview', { roomId: room.id })).body).toMatchObject({
      finalRooms: 1,
      openRooms: 0,
    });
    const id = await begin({ roomId: room.id });
    expect(await look(id)).toMatchObject({ changed: 1, failed: 1 });
    expect(await everyPage(judge, `/admin/rejudges/${id}/changes`)).toMatchObject([
      { submissionId: won, roomIsFinal: true },
    ]);
    await judge.post(`/admin/rejudges/${id}/apply`);
    await sees.until(({ data }) => data?.submissionId === won && data.verdict === 'WA');
    expect(verdicts(lost)).toEqual(['AC']);
    expect((await ann.get(`/rooms/${room.id}`)).body.room.winnerId).toBe(ann.id);
  });

  it('has to be of something, of one kind, that is there', async () => {
    for (const wrong of [{}, { submissionId: 'sub_x', roomId: 'room_x' }, { nonsense: 1 }])
      await expectRefused(judge.post('/admin/rejudges/preview', wrong), 'request.malformed');
    await expectRefused(judge.post('/admin/rejudges/preview', { submissionId: 'sub_none' }), 'submission.not-found');
    await expectRefused(judge.post('/admin/rejudges', { roomId: 'room_none', reason: 'x' }), 'room.not-found');
    await expectRefused(judge.post('/admin/rejudges', { slug: 'none', reason: 'x' }), 'problem.not-found');
    await expectRefused(judge.post('/admin/rejudges', { roomId: room.id, reason: 'x' }), 'rejudge.nothing');
    await expectRefused(judge.get('/admin/rejudges/rejudge_none'), 'rejudge.not-found');
    expect(await server.world.db.query('SELECT id FROM rejudges WHERE room_id = $1', [room.id])).toEqual([]);
  });
});

describe('dead letters', () => {
  it('are listed, looked into, replayed and dropped, each once and noted', async () => {
    const [one, two] = [await judged(ann, 'BROKEN 1'), await judged(ann, 'BROKEN 2')];
    const listed = await everyPage(judge, '/admin/dead-letters');
    expect(listed.map(({ id }) => id)).toEqual([one, two]);
    const { body } = await judge.get(`/admin/dead-letters/${one}`);
    expect(body).toMatchObject({
      id: one,
      reason: 'The engine was told to fail',
      tried: [{ attempt: 1, verdict: 'JE' }],
    });
    expect((await judge.get('/admin/state')).body.owed).toMatchObject({ deadLetters: 2 });
    told.insists.set('BROKEN 1', 'AC');
    expect((await judge.post('/admin/dead-letters/replay', { ids: [one, one] })).body.settled).toEqual([
      { id: one, changed: true },
    ]);
    await sees.until(({ data }) => data?.submissionId === one && data.verdict === 'AC');
    for (const changed of [true, false])
      expect((await judge.post('/admin/dead-letters/drop', { ids: [two] })).body.settled).toEqual([
        { id: two, changed },
      ]);
    expect(await everyPage(judge, '/admin/dead-letters')).toEqual([]);
    await expectRefused(judge.get(`/admin/dead-letters/${two}`), 'submission.not-found');
    expect(await auditOf(server, one)).toMatchObject([{ actor: judge.id, action: 'dlq.replay' }]);
    expect(await auditOf(server, two)).toMatchObject([{ actor: judge.id, action: 'dlq.drop' }]);
  });
});

describe('the state of judging', () => {
  it('tells of queue, engines and breaker', async () => {
    const { body } = await judge.get('/admin/state');
    expect(body).toMatchObject({ queue: { connected: true }, bus: { connected: true }, breakerOpen: false });
    expect(body.engines).toMatchObject([{ available: true, alive: true }]);
    told.available = false;
    expect((await judge.get('/admin/state')).body.breakerOpen).toBe(true);
    told.available = true;
  });
});
