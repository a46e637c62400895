import { rmSync } from 'node:fs';
import { expectFailure, joust } from '../support/command-line';
import { Broker, onBroker } from '../support/broker';
import { eventually } from '../support/eventually';
import type { Player, WireEvent } from '../support/player';
import { Proxy } from '../support/proxy';
import { SECOND } from '../support/room-builder';
import { expectDone, startFor, submit, SUM } from '../support/rooms';
import { newDataDir } from '../support/data-folder';
import { startServer, type TestServer, type TestServerOptions } from '../support/server';
import { ToldJudge } from '../support/told-judge';
import { TravelClock } from '../support/travel-clock';

it('a server whose broker was never there accepts submissions, and says that something is missing', async () => {
  const server = await startServer({ env: { AMQP_URL: 'amqp://127.0.0.1:1' } });
  const [ann, ben] = [await server.guest('Ann'), await server.guest('Ben')];
  const room = await startFor(ann, ben);
  const id = await submit(ann, room.id, SUM);
  expect((await ann.get(`/submissions/${id}`)).body.verdict).toBe('PENDING');
  const ready = await fetch(`${server.url}/readyz`);
  expect(await ready.json()).toMatchObject({ status: 'degraded', queue: { ok: false } });
  await server.close();
});

onBroker((url) => {
  let broker: Broker;
  let servers: TestServer[];
  let dataDir: string;
  beforeEach(async () => {
    [broker, servers, dataDir] = [new Broker(url), [], await newDataDir()];
  });
  afterEach(async () => {
    for (const server of servers.reverse()) await server.close();
    await broker.end();
    rmSync(dataDir, { recursive: true, force: true });
  });

  async function start({ env = {}, ...more }: TestServerOptions = {}): Promise<TestServer> {
    const server = await startServer({ ...more, env: { ...broker.env, ...env } });
    servers.push(server);
    await eventually('it is connected', async () => (await server.world.queue.state()).connected);
    return server;
  }
  const waiting = () => broker.waitingIn(broker.names.queue);
  const verdictOf = async (player: Player, id: string) => (await player.get(`/submissions/${id}`)).body.verdict;

  it('a whole duel goes by RabbitMQ, and leaves nothing there', async () => {
    const server = await start();
    const [ann, ben] = [await server.guest('Ann'), await server.guest('Ben')];
    const room = await startFor(ann, ben);
    const watch = await ben.watch(room.id);
    const wrong = await submit(ben, room.id, 'print(1)');
    await watch.until(({ type, data }) => type === 'submission.judged' && data.submissionId === wrong);
    const right = await submit(ann, room.id, SUM);
    const { data } = await watch.until(({ type, data }) => type === 'submission.judged' && data.submissionId === right);
    expect(data.verdict).toBe('AC');
    for (const player of [ann, ben]) await expectDone(player.post(`/rooms/${room.id}/end`));
    expect((await watch.until('contest.finalized')).data).toMatchObject({ winnerId: ann.id, reason: 'agreed' });
    await eventually('nothing waits', async () => (await waiting()) === 0);
    expect(await server.world.queue.state()).toEqual({
      ...{ connected: true, says: `RabbitMQ, ${broker.names.queue}`, waiting: 0, dead: 0 },
    });
  });

  it('two processes share the work of one database, and each submission is judged once', async () => {
    const judges = [new ToldJudge(), new ToldJudge()] as const;
    const secret = { JWT_SECRET: 'one secret for both of them, 0123456789' };
    const first = await start({ env: secret, change: (world) => ({ ...world, judge: judges[0] }) });
    await start({ env: secret, change: (world) => ({ ...world, judge: judges[1], db: first.world.db }) });
    const [ann, ben] = [await first.guest('Ann'), await first.guest('Ben')];
    const room = await startFor(ann, ben);
    const watch = await ann.watch(room.id);
    const sent = await Promise.all(Array.from({ length: 40 }, (_, n) => submit(ann, room.id, `WA ${n}`)));
    await eventually('all are judged', () => watch.types().filter((type) => type === 'submission.judged').length >= 40);
    const judged = watch.events.flatMap(({ type, data }) => (type === 'submission.judged' ? [data.submissionId] : []));
    expect(judged.toSorted()).toEqual(sent.toSorted());
    for (const judge of judges) expect(judge.seen.length).toBeGreaterThan(0);
    expect(judges[0].seen.length + judges[1].seen.length).toBe(40);
  });

  it('while the broker is away submissions are accepted as ever, and are judged when it is back', async () => {
    const wire = await Proxy.to(url);
    const server = await start({ env: { AMQP_URL: wire.url } });
    const [ann, ben] = [await server.guest('Ann'), await server.guest('Ben')];
    const room = await startFor(ann, ben);
    wire.freeze();
    const before = Date.now();
    const ids = [await submit(ann, room.id, SUM), await submit(ben, room.id, 'print(1)')];
    expect(Date.now() - before).toBeLessThan(2_000);
    expect(await verdictOf(ann, ids[0]!)).toBe('PENDING');
    wire.thaw();
    await eventually(
      'both are judged',
      async () => (await verdictOf(ann, ids[0]!)) === 'AC' && (await verdictOf(ben, ids[1]!)) === 'WA',
    );
    await wire.close();
  });

  describe('what the judge gives up', () => {
    const judge = new ToldJudge();
    const clock = new TravelClock();
    const dlq = (...words: string[]) => joust([...words, '--json'], { DATA_DIR: dataDir, ...broker.env });
    const audited = (server: TestServer) =>
      server.world.db.query<{ actor: string; action: string; subject: string }[]>(
        'SELECT actor, action, subject, detail FROM audit ORDER BY id',
      );

    it('is a dead letter with its reason, told to author and referee, and judged again by a replay', async () => {
      const server = await start({ dataDir, change: (world) => ({ ...world, judge, clock }) });
      const [host, ann, ben] = [await server.guest('Host'), await server.guest('Ann'), await server.guest('Ben')];
      const settings = { problems: ['a-plus-b'], minutes: 300, countdownSeconds: 0, hostPlays: false };
      const { room, password } = (await host.post('/rooms', { settings })).body;
      for (const player of [ann, ben]) {
        expect((await player.post('/rooms/join', { code: room.code, password })).status).toBe(200);
        await expectDone(player.post(`/rooms/${room.id}/ready`, { ready: true }));
      }
      await expectDone(host.post(`/rooms/${room.id}/start`));
      const watches = [await ann.watch(room.id), await host.watch(room.id)];

      const [dead, other] = [await submit(ann, room.id, 'BROKEN'), await submit(ben, room.id, 'BROKEN too')];
      judge.insists.set('BROKEN too', 'BROKEN');
      for (const watch of watches)
        await watch.until(
          ({ type, data }) => type === 'submission.judged' && data.submissionId === dead && data.verdict === 'JE',
        );
      await eventually('there are two notices', async () => (await broker.waitingIn(broker.names.deadLetters)) === 2);

      const listed = (await dlq('dlq:list')).json;
      expect(listed).toMatchObject({
        count: 2,
        items: [{ id: dead, reason: 'The engine was told to fail', attempts: 1 }, { id: other }],
      });
      expect((await dlq('dlq:peek', dead)).json).toMatchObject({
        id: dead,
        userId: ann.id,
        tried: [{ attempt: 1, verdict: 'JE' }],
      });

      judge.insists.set('BROKEN', 'AC');
      const replayed = (changed: boolean) => ({ settled: [{ id: dead, changed }], noticesGone: true });
      expect((await dlq('dlq:replay', dead)).json).toEqual(replayed(true));
      const isAccepted = ({ type, data }: WireEvent) =>
        type === 'submission.judged' && data.submissionId === dead && data.verdict === 'AC';
      for (const watch of watches) await watch.until(isAccepted);
      expect((await dlq('dlq:replay', dead)).json).toEqual(replayed(false));
      expect((await dlq('dlq:drop', other)).json).toMatchObject({ settled: [{ id: other, changed: true }] });
      expect((await dlq('dlq:drop', other)).json).toMatchObject({ settled: [{ id: other, changed: false }] });
      expect((await dlq('dlq:replay', '--all')).json).toEqual({ settled: [], noticesGone: true });

      expect((await dlq('dlq:list')).json).toEqual({ items: [], count: 0, strays: [] });
      expect(await broker.waitingIn(broker.names.deadLetters)).toBe(0);
      expect(await verdictOf(ben, other)).toBe('JE');
      expect(await audited(server)).toEqual([
        {
          actor: 'cli',
          action: 'dlq.replay',
          subject: dead,
          detail: { reason: 'The engine was told to fail', attempts: 1 },
        },
        {
          actor: 'cli',
          action: 'dlq.drop',
          subject: other,
          detail: { reason: 'The engine was told to fail', attempts: 1 },
        },
      ]);
      clock.travel(SECOND);
    });

    it('can be settled while the broker is away, which is said, and its notices go with the same once more', async () => {
      const server = await start({ dataDir, change: (world) => ({ ...world, judge, clock }) });
      const [ann, ben] = [await server.guest('Ann'), await server.guest('Ben')];
      const room = await startFor(ann, ben);
      const id = await submit(ann, room.id, 'BROKEN away');
      judge.insists.set('BROKEN away', 'BROKEN');
      await eventually('there is a notice', async () => (await broker.waitingIn(broker.names.deadLetters)) === 1);
      const away = { DATA_DIR: dataDir, AMQP_URL: 'amqp://127.0.0.1:1', AMQP_PREFIX: broker.prefix };
      expect(await joust(['dlq:drop', id], away)).toMatchObject({
        ...{ code: 0, stderr: '' },
        stdout: expect.stringMatching(/^Left as judge errors for good: 1\. The broker could not be reached/),
      });
      expect((await dlq('dlq:drop', id)).json).toEqual({ settled: [{ id, changed: false }], noticesGone: true });
      expect(await broker.waitingIn(broker.names.deadLetters)).toBe(0);
    });

    it('shares its queue with what stands for no submission, which is shown and can be dropped', async () => {
      const server = await start({ dataDir, change: (world) => ({ ...world, judge, clock }) });
      const [ann, ben] = [await server.guest('Ann'), await server.guest('Ben')];
      const room = await startFor(ann, ben);
      const id = await submit(ann, room.id, 'BROKEN beside');
      judge.insists.set('BROKEN beside', 'BROKEN');
      const { deadLetters } = broker.names;
      await eventually('there is a notice', async () => (await broker.waitingIn(deadLetters)) === 1);
      await broker.ask((channel) => {
        for (const text of ['{"not": "ours"}', 'sub_judged']) channel.sendToQueue(deadLetters, Buffer.from(text));
        return Promise.resolve();
      });
      await eventually('it is not alone', async () => (await broker.waitingIn(deadLetters)) === 3);

      const strays = [
        { job: null, excerpt: '{"not": "ours"}', reason: null, at: null },
        { job: 'sub_judged', excerpt: 'sub_judged', reason: null, at: null },
      ];
      expect((await dlq('dlq:list')).json).toMatchObject({ count: 1, items: [{ id }], strays });
      const away = { DATA_DIR: dataDir, AMQP_URL: 'amqp://127.0.0.1:1', AMQP_PREFIX: broker.prefix };
      expect((await joust(['dlq:list'], away)).stdout).toMatch(/^submission [^]*\nThe broker could not be reached/);
      expectFailure(await joust(['dlq:drop', '--strays'], away), /^The broker could not be reached/m);
      expectFailure(await joust(['dlq:drop', '--strays', id], away), /^Strays are dropped by themselves/m);
      expect((await dlq('dlq:drop', '--strays')).json).toEqual({ dropped: strays });
      expect((await dlq('dlq:drop', '--strays')).json).toEqual({ dropped: [] });
      expect(await broker.waitingIn(deadLetters)).toBe(1);
      expect(await audited(server)).toEqual([
        { actor: 'cli', action: 'dlq.drop', subject: 'strays', detail: { count: 2, first: strays } },
      ]);
    });
  });
});
