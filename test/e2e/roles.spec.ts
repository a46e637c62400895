import { ChildServer, temporaryFolder } from '../support/child-server';
import { Player, request, type Watch } from '../support/player';
import { expectDone, startFor, submission, submit, SUM } from '../support/rooms';
import { Installation, onServices } from '../support/shared-services';

describe('a process that does a part of the work', () => {
  it.each([
    ['api', ['DATABASE_URL', 'AMQP_URL', 'REDIS_URL', 'JWT_SECRET']],
    ['judge', ['DATABASE_URL', 'AMQP_URL', 'REDIS_URL']],
  ])('as %s refuses to start, with a line for each variable it lacks', async (ROLE, missing) => {
    const folder = temporaryFolder();
    const child = ChildServer.start({ ROLE, DATA_DIR: folder.path });
    expect(await child.ended).toBe(1);
    const lines = child.errors.trim().split('\n').slice(1);
    expect(lines.map((line) => line.trim().split(' ')[0])).toEqual(missing);
    for (const line of lines) expect(line).toContain(`must be set where ROLE is ${ROLE}: `);
    expect(child.output).toBe('');
    folder.remove();
  });
});

onServices((services) => {
  describe('two processes for players and one that judges', () => {
    let installation: Installation;
    let [left, right, judge]: ChildServer[] = [];
    beforeAll(async () => {
      installation = await Installation.on(services);
      [left, right, judge] = await installation.start('api', 'api', 'judge');
    });
    afterAll(() => installation.end());

    const players = async (): Promise<[Player, Player]> => [
      await Player.signIn(await left!.ready(), 'Ann'),
      await Player.signIn(await right!.ready(), 'Ben'),
    ];
    const judged = (sees: Watch, id: string) =>
      sees.until((event) => event.data?.verdict && event.data.submissionId === id);

    it('hold a whole duel: both see the same, judged elsewhere, in one order without a gap', async () => {
      const [ann, ben] = await players();
      const room = await startFor(ann, ben, { problems: ['a-plus-b'] });
      const [annSees, benSees] = [await ann.watch(room.id, 0), await ben.watch(room.id, 0)];
      const wrong = await submit(ann, room.id, 'print(1)\n');
      await judged(benSees, wrong);
      const right = await submit(ben, room.id, SUM);
      await judged(annSees, right);
      await expectDone(ann.post(`/rooms/${room.id}/resign`));
      const ends = await Promise.all([annSees, benSees].map((sees) => sees.until('contest.finalized')));
      for (const { data } of ends) expect(data.winnerId).toBe(ben.id);
      for (const sees of [annSees, benSees])
        expect(sees.events.map(({ seq }) => seq)).toEqual(sees.events.map((_, index) => index + 1));
      expect(annSees.types()).toEqual(benSees.types());
      const boards = await Promise.all([ann, ben].map((one) => one.get(`/rooms/${room.id}/leaderboard`)));
      expect(boards[0]!.body.rows).toEqual(boards[1]!.body.rows);
      for (const player of [ann, ben]) player.disconnect();
    });

    it('keep one id of a request in the logs of all who had to do with it', async () => {
      const [ann, ben] = await players();
      const room = await startFor(ann, ben);
      const sees = await ben.watch(room.id, 0);
      const { headers, body } = await ann.post(`/rooms/${room.id}/submissions`, submission(SUM));
      await judged(sees, body.submissionId);
      const id = headers.get('x-request-id')!;
      for (const child of [left!, right!, judge!]) expect(child.errors).toContain(id);
      for (const player of [ann, ben]) player.disconnect();
    });

    it('know what the judge can run, and what it cannot', async () => {
      const languages = await Promise.all(
        [left!, right!].map(async (child) => request(await child.ready(), 'GET', '/api/languages')),
      );
      expect(languages[0]!.body.map(({ id }: { id: string }) => id)).toContain('python');
      expect(languages[1]!.body).toEqual(languages[0]!.body);
      const [ann, ben] = await players();
      const room = await startFor(ann, ben);
      const { status } = await ann.post(`/rooms/${room.id}/submissions`, submission(SUM, { language: 'cobol' }));
      expect(status).toBe(422);
    });

    it('are told apart by what they serve', async () => {
      expect(await judge!.ready()).toBe('');
      expect(judge!.output).toMatch(/^Joust is ready to judge/);
      const asked = ['/livez', '/readyz', '/metrics', '/api/languages', '/'].map((path) =>
        fetch(judge!.operations + path),
      );
      expect((await Promise.all(asked)).map(({ status }) => status)).toEqual([200, 200, 200, 404, 404]);
      const { body } = await request(await left!.ready(), 'GET', '/readyz');
      expect(body).toMatchObject({ status: 'ok', judge: { ok: true } });
    });

    it('lose nothing when the judge is told to stop in the middle, and another comes', async () => {
      const [ann, ben] = await players();
      const room = await startFor(ann, ben);
      const sees = await ben.watch(room.id, 0);
      const ids = await Promise.all(
        [1, 2, 3, 4, 5, 6].map(() => submit(ann, room.id, `import time\ntime.sleep(0.3)\n${SUM}`)),
      );
      expect(await judge!.stop()).toBe(0);
      const { body } = await request(await left!.ready(), 'GET', '/readyz');
      expect(body).toMatchObject({ status: 'degraded', judge: { ok: false } });
      [judge] = await installation.start('judge');
      for (const id of ids) expect((await judged(sees, id)).data.verdict).toBe('AC');
      for (const player of [ann, ben]) player.disconnect();
    });
  });
});
