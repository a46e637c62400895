import type { Player } from '../support/player';
import { expectDone, expectRefused, startFor, submit, SUM } from '../support/rooms';
import { startServer, type TestServer } from '../support/server';
import { everyPage, staff } from '../support/staff';

let server: TestServer;
let admin: Player;
beforeAll(async () => {
  server = await startServer();
  admin = await staff(server, 'admin', 'Root');
});
afterAll(() => server.close());

describe('figures', () => {
  it('tell what happened, in all, per problem and per hour', async () => {
    const [ann, ben] = [await server.guest('Ann'), await server.guest('Ben')];
    const room = await startFor(ann, ben);
    const sees = await ann.watch(room.id, 0);
    await sees.until('contest.started');
    for (const [who, source] of [
      [ann, SUM],
      [ann, 'print(0)'],
      [ben, 'print(0)'],
    ] as const) {
      const id = await submit(who, room.id, source);
      await sees.until(({ type, data }) => type === 'submission.judged' && data.submissionId === id);
    }
    const { body } = await admin.get('/admin/analytics');
    expect(body).toMatchObject({
      users: { total: 3, new: 3, newGuests: 3, active: 2 },
      rooms: { opened: 1, started: 1, finalized: 0, cancelled: 0 },
      submissions: { total: 3, byLanguage: [{ language: 'python', count: 3, accepted: 1 }] },
    });
    expect(body.submissions.byVerdict).toEqual([
      { verdict: 'WA', count: 2 },
      { verdict: 'AC', count: 1 },
    ]);
    expect(body.perHour.length).toBeGreaterThanOrEqual(30 * 24);
    const sum = (what: string) =>
      body.perHour.reduce((total: number, hour: Record<string, number>) => total + hour[what]!, 0);
    expect([sum('users'), sum('rooms'), sum('submissions')]).toEqual([3, 1, 3]);
    expect((await admin.get('/admin/analytics/problems')).body.items).toEqual([
      {
        slug: 'a-plus-b',
        title: expect.any(String),
        difficulty: 'easy',
        submissions: 3,
        accepted: 1,
        tried: 2,
        solved: 1,
        passRate: 0.5,
      },
    ]);
    const past = 'fromAt=2020-01-01T00:30:00Z&toAt=2020-01-01T02:00:00.000%2B01:00';
    expect((await admin.get(`/admin/analytics?${past}`)).body.perHour).toMatchObject([
      { at: '2020-01-01T00:00:00.000Z', users: 0 },
    ]);
    expect((await admin.get(`/admin/analytics/problems?${past}`)).body.items).toEqual([]);
  });

  it('are of a span that can be', async () => {
    for (const query of [
      'fromAt=x',
      'fromAt=2020-01-01T00:00:00Z',
      'toAt=1960-01-01T00:00:00Z',
      'fromAt=2030-01-01T00:00:00Z',
      'days=7',
    ])
      await expectRefused(admin.get(`/admin/analytics?${query}`), 'request.malformed');
  });
});

describe('the audit log', () => {
  it('tells who did what to whom, by each of them, the latest first and each entry once', async () => {
    const ben = await server.guest('Ben');
    for (let time = 0; time < 30; time += 1) {
      await expectDone(admin.post(`/admin/users/${ben.id}/ban`, { reason: `Time ${time}` }));
      await expectDone(admin.post(`/admin/users/${ben.id}/unban`));
    }
    const path = `/admin/audit?subject=${ben.id}`;
    const first = (await admin.get(path)).body;
    expect(first.items).toHaveLength(50);
    expect(first.items[0]).toMatchObject({
      actor: admin.id,
      actorName: 'Root',
      action: 'user.unban',
      subject: ben.id,
      requestId: expect.stringMatching(/^req_/),
    });
    expect(first.items[1].detail).toEqual({ reason: 'Time 29' });
    await expectDone(admin.post(`/admin/users/${ben.id}/ban`, { reason: 'Meanwhile' }));
    const rest = await everyPage(admin, path, first.next);
    expect(rest).toHaveLength(10);
    const numbers = [...first.items, ...rest].map(({ id }) => id as number);
    expect(numbers).toEqual(numbers.toSorted((a, b) => b - a));
    expect(new Set(numbers).size).toBe(60);
    expect(await everyPage(admin, `/admin/audit?actor=${admin.id}&action=user.ban`)).toHaveLength(31);
    expect((await admin.get('/admin/audit?actor=cli')).body.items[0]).toMatchObject({
      actor: 'cli',
      actorName: null,
      action: 'user.grant',
    });
    for (const query of ['action=DROP', 'actor=root', 'subject=', 'cursor=x'])
      await expectRefused(admin.get(`/admin/audit?${query}`), 'request.malformed');
  });
});
