import { expectDone, startFor, submission, SUM } from '../support/rooms';
import { startServer, type TestServer } from '../support/server';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

describe('a duel', () => {
  it('runs from the opening of a room to its final leaderboard, and both players see the same log', async () => {
    const [ann, ben] = [await server.guest('Ann'), await server.guest('Ben')];
    const room = await startFor(ann, ben);
    const [annSees, benSees] = [await ann.watch(room.id, 0), await ben.watch(room.id, 0)];

    const wrong = await ann.post(`/rooms/${room.id}/submissions`, submission('print(1)'));
    expect(wrong.status).toBe(202);
    await annSees.until((event) => event.type === 'submission.judged' && event.data.verdict === 'WA');
    await ben.post(`/rooms/${room.id}/submissions`, submission(SUM));
    await benSees.until((event) => event.type === 'submission.judged' && event.data.verdict === 'AC');

    await expectDone(ann.post(`/rooms/${room.id}/end`));
    await expectDone(ben.post(`/rooms/${room.id}/end`));
    const final = await annSees.until('contest.finalized');
    expect(final.data).toMatchObject({ winnerId: ben.id, reason: 'agreed' });
    await benSees.until('contest.finalized');

    expect(annSees.events.map(({ seq }) => seq)).toEqual(annSees.events.map((_, index) => index + 1));
    expect(annSees.types()).toEqual(benSees.types());
    const { body } = await ann.get(`/rooms/${room.id}/leaderboard`);
    expect(body).toMatchObject({
      final: true,
      rows: [
        { rank: 1, userId: ben.id, solved: 1 },
        { rank: 2, userId: ann.id, solved: 0 },
      ],
    });
    expect((await ben.get('/me/stats')).body).toMatchObject({ contests: 1, wins: 1, solved: 1 });
  });
});
