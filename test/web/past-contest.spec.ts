import fc from 'fast-check';
import type { SeenEvent } from '../../src/contract/events';
import { toWire } from '../../src/contract/wire';
import { eventFor, isOpen, roomFor } from '../../src/core/view';
import { Api } from '../../web/core/api';
import { boardAt, loadContest, pauseBefore, roomAt, stepsOf } from '../../web/core/past-contest';
import { historyOf, ratingCurve, type HistoryItem } from '../../web/core/rating-change';
import { anyStory, play } from '../support/random-room';
import { ANN, BEN, MINUTE, runningRoom, type TestRoom } from '../support/room-builder';

const seenBy = ({ log, room }: TestRoom, audience: 1 | 2): SeenEvent[] =>
  log.map((event) => eventFor(room, audience, event));

describe('the replay', () => {
  it('is at every position the room its reader was shown then, and at the end the room as it stands', () => {
    fc.assert(
      fc.property(anyStory, fc.constantFrom(1, 2), (story, audience) => {
        const room = play({ ...story, settings: { ...story.settings, hostPlays: true } });
        const events = seenBy(room, audience);
        const end = roomAt(room.room.id, events, events.length);
        expect(roomFor(end, audience)).toEqual(roomFor(room.room, audience));
        if (isOpen(room.room)) expect(boardAt(end)).toEqual(roomFor(room.room, audience).leaderboard);
      }),
    );
  });

  it('goes forward only: more events, no earlier time, and never past the end of the contest', () => {
    fc.assert(
      fc.property(anyStory, (story) => {
        const room = play(story);
        const steps = stepsOf({ room: room.room, events: seenBy(room, 1) });
        for (const [index, { position, seconds }] of steps.entries()) {
          const before = steps[index - 1];
          expect(position).toBeGreaterThan(before?.position ?? 0);
          expect(seconds).toBeGreaterThanOrEqual(before?.seconds ?? 0);
          if (index > 0) expect(pauseBefore(steps, index)).toBeLessThanOrEqual(1_500);
        }
      }),
    );
  });

  it('shows a try first as pending and then with its verdict', () => {
    const room = runningRoom();
    room.pass(MINUTE).solve(ANN, 'A');
    room.pass(MINUTE).resign(BEN);
    room.close();
    const events = seenBy(room, 2);
    const steps = stepsOf({ room: room.room, events });
    expect(steps.map(({ event, seconds }) => [event.type, seconds])).toEqual([
      ['contest.started', 0],
      ['submission.received', 60],
      ['submission.judged', 60],
      ['contest.ended', 120],
      ['contest.finalized', 120],
    ]);
    const states = steps.map(({ position }) => boardAt(roomAt(room.room.id, events, position)));
    expect(states.map((rows) => rows.find(({ userId }) => userId === ANN.userId)!.cells['A']!.state)).toEqual([
      ...['untouched', 'pending', 'solved', 'solved', 'solved'],
    ]);
  });
});

/** The server as this page asks it: what each path answers, in turn. */
function serverOf(answers: Readonly<Record<string, unknown>>): { api: Api; asked: string[] } {
  const asked: string[] = [];
  const api = new Api((url) => {
    asked.push(url as string);
    const answer = answers[url as string];
    if (answer === undefined) throw new Error(`Nobody expected ${url as string}`);
    return Promise.resolve(new Response(JSON.stringify(toWire(answer))));
  });
  return { api, asked };
}

describe('a past contest', () => {
  const room = runningRoom();
  room.pass(MINUTE).solve(ANN, 'A');
  room.pass(MINUTE).resign(BEN);
  room.close();
  const events = seenBy(room, 1);
  const base = `/api/rooms/${room.room.id}`;

  it('is whole although its log and its submissions come in pieces', async () => {
    const { api } = serverOf({
      [`${base}/events?after=0`]: { events: events.slice(0, 4), seq: 4 },
      [`${base}/events?after=4`]: { events: events.slice(4), seq: events.length },
      [`${base}/events?after=${events.length}`]: { events: [], seq: events.length },
      [`${base}/problems`]: { problems: [] },
      [`${base}/submissions`]: { items: [{ id: 'sub_1' }], next: 'more' },
      [`${base}/submissions?cursor=more`]: { items: [{ id: 'sub_2' }], next: null },
    });
    const contest = await loadContest(api, room.room.id);
    expect(contest.events).toEqual(events);
    expect(contest.room.finalizedAt).toBe(room.room.finalizedAt);
    expect(contest.submissions.map(({ id }) => id)).toEqual(['sub_1', 'sub_2']);
  });

  it('that is not final asks for nothing it may not have', async () => {
    const early = events.slice(0, 5);
    const { api } = serverOf({
      [`${base}/events?after=0`]: { events: early, seq: 5 },
      [`${base}/events?after=5`]: { events: [], seq: 5 },
    });
    expect(await loadContest(api, room.room.id)).toMatchObject({ problems: [], submissions: [], events: early });
  });
});

describe('a rating', () => {
  const item = (roomId: `room_${string}`, at: number, before: number, after: number, casual = false) =>
    ({ roomId, finalizedAt: at, ratingBefore: before, ratingAfter: after, casual }) as HistoryItem;
  const ofAnn = `/api/users/${ANN.userId}/history`;

  it('is looked for from the newest duel back, and no further than the duel itself', async () => {
    const { api, asked } = serverOf({
      [ofAnn]: { items: [item('room_c', 300, 1510, 1520)], next: '2' },
      [`${ofAnn}?cursor=2`]: { items: [item('room_b', 200, 1500, 1510), item('room_a', 100, 1490, 1500)], next: '3' },
    });
    expect(await historyOf(api, ANN.userId, { id: 'room_b', finalizedAt: 200 })).toMatchObject({ ratingAfter: 1510 });
    expect(await historyOf(api, ANN.userId, { id: 'room_x', finalizedAt: 150 })).toBeNull();
    expect(asked).not.toContain(`${ofAnn}?cursor=3`);
  });

  it('makes a curve from the oldest duel on, in which casual ones have no part', () => {
    const history = [
      item('room_c', 300, 1510, 1470),
      item('room_b', 200, 1510, 1510, true),
      item('room_a', 100, 1500, 1510),
    ];
    expect(ratingCurve(history).map(({ rating }) => rating)).toEqual([1500, 1510, 1470]);
    expect(ratingCurve([])).toEqual([]);
  });
});
