import type { Player } from '../support/player';
import { atOnce, expectDone, expectRefused, openFor, roomOf, tally } from '../support/rooms';
import { startServer, type TestServer } from '../support/server';
import { TravelClock } from '../support/travel-clock';

const clock = new TravelClock();
let server: TestServer;
beforeAll(async () => {
  server = await startServer({ change: (world) => ({ ...world, clock }) });
});
afterAll(() => server.close());

async function readyRoom(settings: object = {}): Promise<{ ann: Player; ben: Player; id: string }> {
  const [ann, ben] = [await server.guest('Ann'), await server.guest('Ben')];
  const { id } = await openFor(ann, ben, settings);
  for (const player of [ann, ben]) await expectDone(player.post(`/rooms/${id}/ready`, { ready: true }));
  return { ann, ben, id };
}
const slugsOf = async (player: Player, id: string): Promise<string[]> => {
  const { body } = await player.get(`/rooms/${id}/problems`);
  return body.problems.map(({ slug }: { slug: string }) => slug);
};

describe('the start', () => {
  it('asked for forty times at once happens once, with one set of problems', async () => {
    const { ann, ben, id } = await readyRoom({ problems: { count: 4 } });
    const watch = await ben.watch(id, 0);
    expect(tally(await atOnce(40, () => ann.post(`/rooms/${id}/start`)))).toEqual({ 204: 40 });
    const started = await watch.until('contest.started');
    expect(started.data.problems).toEqual(['A', 'B', 'C', 'D']);
    for (const type of ['contest.scheduled', 'contest.started'] as const)
      expect(watch.types().filter((one) => one === type)).toHaveLength(1);
    const [annSees, benSees] = [await slugsOf(ann, id), await slugsOf(ben, id)];
    expect(new Set(annSees).size).toBe(4);
    expect(benSees).toEqual(annSees);
    await expectDone(ann.post(`/rooms/${id}/start`));
    expect(await slugsOf(ann, id)).toEqual(annSees);
  });

  it('starts many rooms at once, though starts of one room wait for each other', async () => {
    const rooms = await atOnce(8, () => readyRoom());
    const replies = await Promise.all(
      rooms.flatMap(({ ann, id }) => Array.from({ length: 5 }, () => ann.post(`/rooms/${id}/start`))),
    );
    expect(tally(replies)).toEqual({ 204: 40 });
  });

  it('happens when the countdown ends, to both at one instant, and not before', async () => {
    const { ann, ben, id } = await readyRoom({ countdownSeconds: 30, minutes: 5 });
    const watches = [await ann.watch(id, 0), await ben.watch(id, 0)];
    clock.stopAt(clock.now());
    await expectDone(ann.post(`/rooms/${id}/start`));
    const startsAt = Date.parse((await roomOf(ann, id)).startsAt);
    expect(startsAt).toBe(clock.now() + 30_000);
    clock.stopAt(startsAt - 1);
    for (const player of [ann, ben]) {
      await expectRefused(player.get(`/rooms/${id}/problems`), 'contest.not-running');
      await expectRefused(player.post(`/rooms/${id}/resign`), 'contest.not-running');
    }
    clock.stopAt(startsAt);
    const seen = await Promise.all(watches.map((watch) => watch.until('contest.started')));
    clock.goOn();
    expect(seen[0]).toEqual(seen[1]);
    expect(seen[0]!.data).toMatchObject({
      startedAt: new Date(startsAt).toISOString(),
      endsAt: new Date(startsAt + 300_000).toISOString(),
    });
    expect(await slugsOf(ann, id)).toEqual(await slugsOf(ben, id));
  });
});

describe('the problems of a room', () => {
  const CHOSEN = ['radio-mast', 'striped-fence'];

  it('are the host’s secret until the start, to the byte', async () => {
    const [ann, ben, eve] = [await server.guest('Ann'), await server.guest('Ben'), await server.guest('Eve')];
    const settings = { problems: CHOSEN, spectators: true, countdownSeconds: 30 };
    const { id, code, password } = await openFor(ann, ben, settings);
    await eve.post('/rooms/join', { code, password, as: 'spectator' });
    const watches = [await ben.watch(id, 0), await eve.watch(id), await eve.watch(id, 0)];
    expect((await roomOf(ann, id)).settings.problems).toEqual(CHOSEN);
    for (const player of [ann, ben]) await expectDone(player.post(`/rooms/${id}/ready`, { ready: true }));
    await expectDone(ann.post(`/rooms/${id}/start`));
    await Promise.all(watches.map((watch) => watch.until('contest.scheduled')));
    const told: unknown[] = watches.map(({ answer, events, notices }) => ({ answer, events, notices }));
    for (const player of [ben, eve]) {
      for (const path of ['', '/events', '/leaderboard', '/submissions', '/problems'])
        told.push((await player.get(`/rooms/${id}${path}`)).body);
      told.push((await player.post('/rooms/join', { code, password })).body);
    }
    for (const slug of CHOSEN) expect(JSON.stringify(told)).not.toContain(slug);
    expect((await roomOf(ben, id)).settings.problems).toEqual({ count: 2 });
    expect((await roomOf(ben, id)).casual).toBe(true);

    clock.travel(30_000);
    await watches[0]!.until('contest.started');
    for (const player of [ann, ben, eve]) expect(await slugsOf(player, id)).toEqual(CHOSEN);
  });

  it('stay unknown even to the host when they are picked, until they are shown to both', async () => {
    const { ann, id } = await readyRoom({ problems: { count: 2 }, countdownSeconds: 30 });
    await expectDone(ann.post(`/rooms/${id}/start`));
    const { body: catalogue } = await ann.get('/problems');
    const told = JSON.stringify([await roomOf(ann, id), (await ann.get(`/rooms/${id}/events`)).body]);
    for (const { slug } of catalogue.items as { slug: string }[]) expect(told).not.toContain(`"${slug}"`);
    expect((await roomOf(ann, id)).casual).toBe(false);
    await expectDone(ann.post(`/rooms/${id}/cancel`));
  });

  it('are such as neither player has met, while there are any', async () => {
    const [ann, ben] = [await server.guest('Ann'), await server.guest('Ben')];
    const met = new Set<string>();
    for (const round of [1, 2, 3]) {
      const { id } = await openFor(ann, ben, { problems: { count: 4 } });
      for (const player of [ann, ben]) await expectDone(player.post(`/rooms/${id}/ready`, { ready: true }));
      await expectDone(ann.post(`/rooms/${id}/start`));
      for (const slug of await slugsOf(ben, id)) met.add(slug);
      expect(met.size).toBe(4 * round);
      await expectDone(ann.post(`/rooms/${id}/resign`));
    }
  });

  it('can be picked by difficulty and tag, and must exist in that number', async () => {
    const ann = await server.guest('Ann');
    const open = (problems: unknown) => ann.post('/rooms', { settings: { problems } });
    await expectRefused(open(['a-plus-b', 'nothing-of-ours']), 'problem.not-found');
    await expectRefused(open({ count: 10, difficulty: 'hard' }), 'problem.not-found');
    await expectRefused(open({ count: 1, tags: ['no such tag'] }), 'problem.not-found');
    await expectRefused(open({ count: 11 }), 'request.malformed');
    await expectRefused(open({ count: 1, difficulty: 'trivial' }), 'request.malformed');
    expect((await open({ count: 1, difficulty: 'easy' })).status).toBe(201);
  });

  it('are shown with samples and limits, and without secret tests', async () => {
    const { ann, id } = await readyRoom({ problems: ['a-plus-b'] });
    await expectDone(ann.post(`/rooms/${id}/start`));
    const { problems } = (await ann.get(`/rooms/${id}/problems`)).body;
    expect(problems).toEqual([
      {
        label: 'A',
        slug: 'a-plus-b',
        title: expect.any(String),
        statementHtml: expect.stringContaining('<'),
        samples: [expect.objectContaining({ input: expect.any(String) }), expect.anything()],
        limits: { cpuMs: expect.any(Number), memoryKiB: expect.any(Number) },
        checker: 'answer',
      },
    ]);
  });
});
