import type { Player, Watch } from '../support/player';
import { expectDone, expectRefused, roomOf, startFor, submit, SUM } from '../support/rooms';
import { startServer, type TestServer } from '../support/server';
import { eventually } from '../support/eventually';

let server: TestServer;
let ann: Player;
let ben: Player;
let room: { id: string; code: string; password?: string };
let annSees: Watch;
let benSees: Watch;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  [ann, ben] = [await server.guest('Ann'), await server.guest('Ben')];
  room = await startFor(ann, ben, { spectators: true });
  [annSees, benSees] = [await ann.watch(room.id, 0), await ben.watch(room.id, 0)];
});

const judged = (watch: Watch, id: string) =>
  watch.until(({ type, data }) => type === 'submission.judged' && data.submissionId === id);
const received = (player: Player, path: string) => player.get(path).then(({ body }) => body);

describe('a submission', () => {
  it.each([
    ['WA', 'print(1)\n'],
    ['RTE', 'raise SystemExit(3)\n'],
    ['TLE', 'while True: pass\n'],
    ['AC', SUM],
  ])('gets %s where it deserves it, and is told to both', async (verdict, source) => {
    const id = await submit(ann, room.id, source);
    for (const watch of [annSees, benSees]) {
      const { data } = await judged(watch, id);
      expect(data).toMatchObject({ userId: ann.id, problem: 'A', verdict, provisional: false });
      const row = data.leaderboard.rows.find(({ userId }: { userId: string }) => userId === ann.id);
      expect(row).toMatchObject({ solved: verdict === 'AC' ? 1 : 0, cells: { A: { tries: 1, pending: 0 } } });
    }
    const { tests, ...submission } = await received(ann, `/submissions/${id}`);
    expect(submission).toMatchObject({ id, roomId: room.id, userId: ann.id, verdict, source });
    expect(tests.length).toBeGreaterThan(0);
    expect(tests.at(-1).verdict).toBe(verdict);
    expect(tests.map(({ index }: { index: number }) => index)).toEqual([...tests.keys()]);
    for (const { sample, output } of tests) expect(typeof output).toBe(sample ? 'string' : 'undefined');
    if (verdict === 'AC') expect(tests.length).toBeGreaterThan(10);
  });

  it('that does not compile costs nothing, and only its author reads the compiler’s text', async () => {
    const marker = 'no_such_name_4711';
    const id = await submit(ann, room.id, `int main() { return ${marker}; }\n`, { language: 'cpp' });
    const { data } = await judged(benSees, id);
    expect(data.verdict).toBe('CE');
    const row = data.leaderboard.rows.find(({ userId }: { userId: string }) => userId === ann.id);
    expect(row.cells.A).toMatchObject({ state: 'untouched', tries: 0 });
    expect((await received(ann, `/submissions/${id}`)).compileOutput).toContain(marker);
    await expectRefused(ben.get(`/submissions/${id}`), 'submission.not-found');
    const seenByBen = [benSees.events, benSees.notices, await received(ben, `/rooms/${room.id}/submissions`)];
    expect(JSON.stringify(seenByBen)).not.toContain(marker);
  });

  it('tells its author, and nobody else, how far it is', async () => {
    const id = await submit(ann, room.id, SUM);
    await judged(annSees, id);
    await judged(benSees, id);
    const progress = annSees.notices.filter(({ name }) => name === 'submission:progress').map(({ body }) => body);
    expect(progress).toContainEqual({ submissionId: id, done: 1, of: 15 });
    expect(benSees.notices.map(({ name }) => name)).not.toContain('submission:progress');
  });

  it('is its author’s own while the contest runs, and both players’ once it is final', async () => {
    const eve = await server.guest('Eve');
    await eve.post('/rooms/join', { code: room.code, password: room.password, as: 'spectator' });
    const [annSent, benSent] = [await submit(ann, room.id, 'print(1)\n'), await submit(ben, room.id, SUM)];
    for (const id of [annSent, benSent]) await judged(annSees, id);
    const ids = async (player: Player) =>
      (await received(player, `/rooms/${room.id}/submissions`)).items.map(({ id }: { id: string }) => id);
    expect(await ids(ann)).toEqual([annSent]);
    expect(await ids(ben)).toEqual([benSent]);
    await expectRefused(ann.get(`/submissions/${benSent}`), 'submission.not-found');
    await expectRefused(ann.get('/submissions/sub_nowhere'), 'submission.not-found');
    await expectDone(ann.post(`/rooms/${room.id}/resign`));
    await annSees.until('contest.finalized');
    for (const player of [ann, ben]) {
      expect((await ids(player)).sort()).toEqual([annSent, benSent].sort());
      expect((await received(player, `/submissions/${benSent}`)).source).toBe(SUM);
    }
    const stranger = await server.guest('Mallory');
    for (const other of [eve, stranger])
      await expectRefused(other.get(`/submissions/${benSent}`), 'submission.not-found');
  });
});

describe('a trial', () => {
  const doneOf = (id: string) =>
    eventually('the trial is done', async () => {
      const found = await received(ann, `/trials/${id}`);
      return found.verdict !== null && found;
    });
  const trial = async (player: Player, source: string, more: object = {}): Promise<string> => {
    const { status, body } = await player.post(`/rooms/${room.id}/trials`, {
      ...{ problem: 'A', language: 'python', source },
      ...more,
    });
    expect(status).toBe(202);
    return body.trialId;
  };

  it('runs on the samples, tells its author, and is never scored', async () => {
    const before = (await received(ann, `/rooms/${room.id}/leaderboard`)).rows;
    const { seq } = await received(ann, `/rooms/${room.id}/events`);
    const trialId = await trial(ann, SUM);
    const told = await annSees.notice('trial:done');
    expect(told).toMatchObject({
      trialId,
      roomId: room.id,
      problem: 'A',
      verdict: 'AC',
      compileOutput: null,
    });
    const { tests, ...rest } = await received(ann, `/trials/${trialId}`);
    expect({ ...rest, tests }).toEqual(told);
    const { problems } = await received(ann, `/rooms/${room.id}/problems`);
    expect(tests).toEqual(
      problems[0].samples.map(({ input, output }: { input: string; output: string }, index: number) => ({
        ...{ index, sample: true, verdict: 'AC', input, expected: output, stderr: '' },
        output: expect.stringContaining(output.trim()),
        cpuMs: expect.any(Number),
        memoryKiB: expect.any(Number),
      })),
    );
    expect((await received(ann, `/rooms/${room.id}/leaderboard`)).rows).toEqual(before);
    expect((await received(ann, `/rooms/${room.id}/events`)).seq).toBe(seq);
    expect((await roomOf(ann, room.id)).submissions).toEqual([]);
    expect(benSees.notices.map(({ name }) => name)).not.toContain('trial:done');
    await expectRefused(ben.get(`/trials/${trialId}`), 'submission.not-found');
    await expectRefused(ann.get('/trials/trial_nowhere'), 'submission.not-found');
  });

  it('runs on own input, even on none, and shows what was printed', async () => {
    const source = 'import sys\nprint(repr(sys.stdin.read()))\nprint("aside", file=sys.stderr)\n';
    for (const input of ['', 'grüß\n7']) {
      const id = await trial(ann, source, { input });
      const done = await doneOf(id);
      expect(done.verdict).toBe('AC');
      expect(done.tests).toMatchObject([{ sample: false, input, expected: null, stderr: 'aside\n' }]);
      expect(done.tests[0].output).toContain(input === '' ? "''" : 'grüß\\n7');
    }
  });

  it('that fails a sample goes on with the others, and one that does not compile says why', async () => {
    const wrong = await trial(ann, 'print(0)\n');
    const broken = await trial(ann, 'int main() { return no_such_name; }\n', { language: 'cpp' });
    const { verdict, tests } = await doneOf(wrong);
    expect(verdict).toBe('WA');
    expect(tests).toHaveLength(2);
    expect(await doneOf(broken)).toMatchObject({
      ...{ verdict: 'CE', tests: [], compileOutput: expect.stringContaining('no_such_name') },
    });
  });
});
