import { Judge0Judge } from '../../src/adapters/judge0/judge0.judge';
import { startJudge, type JudgeUnderTest } from '../support/embedded-judge';
import { eventually } from '../support/eventually';
import { FakeJudge0 } from '../support/fake-judge0';
import type { Watch } from '../support/player';
import { SECOND } from '../support/room-builder';
import { startFor, submit, SUM } from '../support/rooms';
import { startServer, type TestServer } from '../support/server';
import { TravelClock } from '../support/travel-clock';

/* Duels judged by a Judge0, and by one that fails: every submission gets its one verdict, and nobody pays for our trouble. */

const WRONG = 'print(0)\n';
const PATIENCE_MS = 300;

let engine: JudgeUnderTest;
let fake: FakeJudge0;
beforeAll(async () => {
  engine = await startJudge();
  fake = await FakeJudge0.start(engine.judge);
});
afterAll(async () => {
  await fake.close();
  await engine.stop();
});

const judgedOf = (watch: Watch) => watch.events.filter(({ type }) => type === 'submission.judged');

describe('JUDGE0_URL', () => {
  it('puts a Judge0 behind the port, with what it takes to speak to it', async () => {
    fake.token = 'tok1';
    const env = { JUDGE0_URL: `${fake.url}/`, JUDGE0_AUTH_TOKEN: 'tok1', JUDGE0_LANGUAGES: 'cpp=53' };
    const server = await startServer({ env: { ...env, JUDGE0_CALLBACK_URL: 'http://joust.example/' } });
    const [ann, ben] = [await server.guest('Ann'), await server.guest('Ben')];
    expect((await ann.get('/languages')).body).toContainEqual(expect.objectContaining({ id: 'cpp', version: '8.3.0' }));
    const ready = await fetch(`${server.url}/readyz`);
    const judge = { ok: true, says: expect.stringContaining('Judge0 1.13.1') };
    expect(await ready.json()).toMatchObject({ status: 'ok', judge });

    const room = await startFor(ann, ben);
    const watch = await ann.watch(room.id, 0);
    await submit(ann, room.id, SUM);
    expect((await watch.until('submission.judged')).data).toMatchObject({ verdict: 'AC' });
    const address = new URL(fake.sent.at(-1)!.callback_url!);
    expect(address.host).toBe('joust.example');

    const call = { method: 'PUT', headers: { origin: 'http://stranger.example' }, body: '\0garbage' };
    const calls = await Promise.all(Array.from({ length: 50 }, () => fetch(server.url + address.pathname, call)));
    expect(new Set(calls.map(({ status }) => status))).toEqual(new Set([204]));
    expect((await fetch(`${server.url}/judge0/guessed`, call)).status).not.toBe(204);
    fake.token = null;
    await server.close();
  });

  it('may name one that is away: the server starts, keeps what is handed in, and has it judged when it comes', async () => {
    const { port, url } = fake;
    await fake.close();
    const server = await startServer({ env: { JUDGE0_URL: url } });
    const ready = await fetch(`${server.url}/readyz`);
    expect({ status: ready.status, ...((await ready.json()) as object) }).toMatchObject({ status: 'degraded' });
    const [ann, ben] = [await server.guest('Ann'), await server.guest('Ben')];
    const room = await startFor(ann, ben);
    const watch = await ann.watch(room.id, 0);
    const id = await submit(ann, room.id, SUM);
    expect((await ann.get(`/submissions/${id}`)).body.verdict).toBe('PENDING');
    fake = await FakeJudge0.start(engine.judge, port);
    expect((await watch.until('submission.judged')).data).toMatchObject({ submissionId: id, verdict: 'AC' });
    await server.close();
  });
});

describe('a Judge0 that fails in the middle of a duel', () => {
  const clock = new TravelClock();
  let judge: Judge0Judge;
  let server: TestServer;
  beforeAll(async () => {
    judge = await Judge0Judge.start({ url: fake.url, patienceMs: PATIENCE_MS });
    server = await startServer({ change: (world) => ({ ...world, clock, judge }) });
  });
  afterAll(async () => {
    await server.close();
    await judge.close();
  });

  /** An attempt at one of these has come to nothing. */
  const failed = async (ids: readonly string[]) => {
    const [row] = await server.world.db.query<{ many: number }[]>(
      'SELECT count(*)::int AS many FROM judgings WHERE submission_id = ANY($1) AND reason IS NOT NULL',
      [ids],
    );
    return row!.many > 0;
  };
  const faults: readonly (readonly [string, () => unknown])[] = [
    ...(['500', '503', '429', 'garbage', 'reset'] as const).map(
      (kind) => [`answers with ${kind}`, () => fake.answersWith(kind)] as const,
    ),
    ['takes a run and answers 500', () => fake.answersWith('kept 500', 2, /POST/)],
    ['leaves runs in its queue', () => fake.everyRun('stays queued', 3)],
    ['never ends runs', () => fake.everyRun('stays running', 3)],
    ['never ends any run', () => fake.everyRun('stays running')],
    ['loses runs', () => fake.everyRun('is lost', 3)],
    ['fails inside at every run', () => fake.everyRun('fails inside')],
  ];

  it.each(faults)('because it %s: one verdict each, no judge error, no try charged', async (_, harm) => {
    const [ann, ben] = [await server.guest('Ann'), await server.guest('Ben')];
    const room = await startFor(ann, ben, { minutes: 300 });
    const watch = await ann.watch(room.id, 0);
    harm();
    const expected: Record<string, string> = {
      [await submit(ann, room.id, WRONG)]: 'WA',
      [await submit(ben, room.id, SUM)]: 'AC',
      [await submit(ann, room.id, SUM)]: 'AC',
    };
    await eventually('an attempt has failed', () => failed(Object.keys(expected)));
    fake.heal();
    // What was put off becomes due as time passes, in steps shorter than a claim.
    const everyone = () => judgedOf(watch).length >= 3;
    const passing = { again: () => clock.travel(5 * SECOND), paceMs: 1_100, patienceMs: 30_000 };
    await eventually('all are judged', everyone, passing);
    expect(Object.fromEntries(judgedOf(watch).map(({ data }) => [data.submissionId, data.verdict]))).toEqual(expected);
    expect(judgedOf(watch)).toHaveLength(3);
    const { rows } = (await ann.get(`/rooms/${room.id}/leaderboard`)).body;
    const tries = Object.fromEntries(rows.map((row: never) => [row['userId'], row['cells']['A']['tries']]));
    expect(tries).toEqual({ [ann.id]: 2, [ben.id]: 1 });
  });
});
