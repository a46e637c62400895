import { EventStream } from '../support/event-stream';
import type { Player, WireEvent } from '../support/player';
import { atOnce, expectDone, expectRefused, openFor, startFor, submit } from '../support/rooms';
import { startServer, type TestServer } from '../support/server';
import { ToldJudge } from '../support/told-judge';
import { eventually } from '../support/eventually';

const judge = new ToldJudge();
let server: TestServer;
let ann: Player;
let ben: Player;
beforeAll(async () => {
  server = await startServer({ change: (world) => ({ ...world, judge }) });
});
afterAll(async () => {
  await judge.close();
  await server.close();
});
beforeEach(async () => {
  [ann, ben] = [await server.guest('Ann'), await server.guest('Ben')];
});

const eventsOf = async (player: Player, id: string, after = 0): Promise<{ events: WireEvent[]; seq: number }> =>
  (await player.get(`/rooms/${id}/events?after=${after}`)).body;

describe('the log', () => {
  it('is read from any position on, without a gap, by request and by socket alike', async () => {
    const { id } = await startFor(ann, ben);
    const watch = await ben.watch(id, 0);
    await Promise.all([
      ...Array.from({ length: 8 }, (_, index) => submit(ann, id, index % 2 ? 'WA' : 'CE')),
      ...Array.from({ length: 8 }, () => submit(ben, id, 'AC')),
    ]);
    await eventually(
      'all have their verdict',
      () => watch.types().filter((type) => type === 'submission.judged').length === 16,
    );
    await expectDone(ben.post(`/rooms/${id}/resign`));
    await watch.until('contest.finalized');
    const { events, seq } = await eventsOf(ben, id);
    expect(events.map((event) => event.seq)).toEqual(Array.from({ length: seq }, (_, index) => index + 1));
    expect(watch.events).toEqual(events);
    for (const told of [...events, ...watch.events])
      expect(Object.keys(told)).toEqual(['roomId', 'seq', 'type', 'at', 'data']);
    const moments = events.map(({ at }) => Date.parse(at!));
    expect(moments).toEqual(moments.toSorted((a, b) => a - b));
    for (const after of [1, 7, seq - 1, seq])
      expect(await eventsOf(ben, id, after)).toEqual({ events: events.slice(after), seq });
    expect(await eventsOf(ben, id, seq + 1000)).toEqual({ events: [], seq });
    expect(await eventsOf(ben, id, Number.MAX_SAFE_INTEGER)).toEqual({ events: [], seq });
    for (const after of ['-1', '1.5', 'x', '1e99'])
      await expectRefused(ben.get(`/rooms/${id}/events?after=${after}`), 'request.malformed');
    const again = await ann.watch(id, 5);
    expect(again.events).toEqual(events.slice(5));
  });

  it('carries the same leaderboard as its request, after every verdict', async () => {
    const { id } = await startFor(ann, ben);
    const watch = await ann.watch(id, 0);
    for (const [player, source] of [
      [ann, 'WA'],
      [ben, 'AC'],
      [ann, 'AC'],
    ] as const) {
      const submissionId = await submit(player, id, source);
      const judged = await watch.until(
        ({ type, data }) => type === 'submission.judged' && data.submissionId === submissionId,
      );
      for (const reader of [ann, ben]) {
        const { rows, final, serverNow } = (await reader.get(`/rooms/${id}/leaderboard`)).body;
        expect(judged.data.leaderboard).toMatchObject({ rows, serverNow: judged.at });
        expect(final).toBe(false);
        expect(Math.abs(Date.parse(serverNow) - Date.now())).toBeLessThan(60_000);
      }
    }
    const { rows } = (await ann.get(`/rooms/${id}/leaderboard`)).body;
    expect(rows).toMatchObject([
      { rank: 1, userId: ben.id, solved: 1, cells: { A: { state: 'solved', tries: 1, first: true } } },
      { rank: 2, userId: ann.id, solved: 1, cells: { A: { state: 'solved', tries: 2, first: false } } },
    ]);
    expect(rows[1].penalty).toBeGreaterThanOrEqual(300);
  });

  it('is consistent in every snapshot, while much happens at once', async () => {
    const { id } = await startFor(ann, ben);
    const snapshots = await Promise.all([
      ...(await atOnce(12, (index) => submit(index % 2 ? ann : ben, id, 'WA'))).map(() => ann.get(`/rooms/${id}`)),
      ...Array.from({ length: 12 }, () => ann.get(`/rooms/${id}`)),
    ]);
    const { events } = await eventsOf(ann, id);
    for (const { body } of snapshots) {
      const known = events.filter(({ seq, type }) => seq <= body.seq && type === 'submission.received');
      expect(body.room.submissions.map(({ submissionId }: { submissionId: string }) => submissionId)).toEqual(
        known.map(({ data }) => data.submissionId),
      );
    }
  });
});

describe('the stream', () => {
  it('sends the log, goes on with what happens, and resumes after the last id', async () => {
    const { id } = await openFor(ann, ben);
    const stream = await EventStream.open(ben, `/rooms/${id}/stream`);
    expect(stream.response.status).toBe(200);
    expect(stream.response.headers.get('content-type')).toContain('text/event-stream');
    await expectDone(ann.post(`/rooms/${id}/ready`, { ready: true }));
    await stream.until(({ data }) => data.type === 'player.ready');
    const { events } = await eventsOf(ben, id);
    const sent = stream.messages.filter(({ event }) => event === 'room:event');
    expect(sent.map(({ data }) => data)).toEqual(events);
    expect(sent.map((message) => message.id)).toEqual(events.map(({ seq }) => String(seq)));
    stream.close();

    await expectDone(ben.post(`/rooms/${id}/ready`, { ready: true }));
    await expectDone(ann.post(`/rooms/${id}/start`));
    const resumed = await EventStream.open(ben, `/rooms/${id}/stream?after=1`, {
      'last-event-id': String(events.length),
    });
    const first = await resumed.until(({ event }) => event === 'room:event');
    expect(first.id).toBe(String(events.length + 1));
    await resumed.until(({ data }) => data.type === 'contest.started');
    resumed.close();
  });

  it('does not exist for strangers, and ends for a player who is kicked', async () => {
    const { id } = await openFor(ann, ben);
    const eve = await server.guest('Eve');
    await expectRefused(eve.get(`/rooms/${id}/stream`), 'room.not-found');
    await expectRefused(ben.get(`/rooms/${id}/stream?after=x`), 'request.malformed');
    const stream = await EventStream.open(ben, `/rooms/${id}/stream`);
    await expectDone(ann.post(`/rooms/${id}/kick`, { userId: ben.id }));
    await stream.until(({ data }) => data.type === 'player.kicked');
    await eventually('the stream ends', () => stream.closed);
    await expectRefused(ben.get(`/rooms/${id}/stream`), 'room.not-found');
  });

  it('keeps the chosen problems from whoever may not know them', async () => {
    const { id } = await openFor(ann, ben, { problems: ['radio-mast'], countdownSeconds: 30 });
    const stream = await EventStream.open(ben, `/rooms/${id}/stream`);
    for (const player of [ann, ben]) await expectDone(player.post(`/rooms/${id}/ready`, { ready: true }));
    await expectDone(ann.post(`/rooms/${id}/start`));
    await stream.until(({ data }) => data.type === 'contest.scheduled');
    expect(JSON.stringify(stream.messages)).not.toContain('radio-mast');
    stream.close();
  });
});
