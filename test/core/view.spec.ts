import type { Settings } from '../../src/contract/shapes';
import { audienceOf, AUDIENCES, eventFor, roomFor, type Audience } from '../../src/core/view';
import { ANN, BEN, MINUTE, runningRoom, SUE, TestRoom } from '../support/room-builder';

const heard = ({ log, room }: TestRoom, audience: Audience) => log.map((event) => eventFor(room, audience, event));
const lastHeard = (test: TestRoom, audience: Audience) => heard(test, audience).at(-1);
const said = (test: TestRoom, audience: Audience) =>
  JSON.stringify([heard(test, audience), roomFor(test.room, audience)]);
const frozenRoom = (settings: Partial<Settings> = {}) =>
  runningRoom({ freezeMinutes: 5, ...settings }).pass(25 * MINUTE);

describe('an audience', () => {
  it('is a seat, the referee, or the public', () => {
    const { room } = runningRoom();
    expect([ANN, BEN, SUE].map(({ userId }) => audienceOf(room, userId))).toEqual([1, 2, 'public']);
    expect(audienceOf(runningRoom({ hostPlays: false }).room, ANN.userId)).toBe('referee');
  });
});

describe('chosen problems', () => {
  const chosen = { problems: ['a-plus-b', 'b-side', 'c-shell'] };

  it('are told by name to the host who chose them, and to nobody else', () => {
    const knowing = (settings: Partial<Settings>) =>
      AUDIENCES.filter((audience) => said(runningRoom({ ...chosen, ...settings }), audience).includes('b-side'));
    expect(knowing({})).toEqual([1]);
    expect(knowing({ hostPlays: false })).toEqual(['referee']);
    expect(knowing({ problems: { count: 3 } })).toEqual([]);
  });

  it('are a number of problems to the others', () => {
    expect(roomFor(new TestRoom(chosen).room, 2).settings.problems).toEqual({ count: 3 });
  });
});

describe('what a reader may not see', () => {
  it('keeps its number and nothing else', () => {
    const test = runningRoom({ opponentView: 'blind' });
    test.submit(ANN);
    expect(lastHeard(test, 2)).toEqual({ roomId: test.room.id, seq: test.room.seq });
    expect(lastHeard(test, 1)).toMatchObject({ type: 'submission.received' });
  });

  it('is told when the contest is final', () => {
    const test = runningRoom({ opponentView: 'blind' });
    test.solve(ANN);
    expect(roomFor(test.room, 2).submissions).toEqual([]);
    test.pass(30 * MINUTE).elapse();
    expect(lastHeard(test, 2)).toMatchObject({ type: 'contest.finalized', data: { submissions: [{ verdict: 'AC' }] } });
    expect(roomFor(test.room, 2).submissions).toHaveLength(1);
  });

  it('does not show through the photo finish: an opponent’s try nobody told of makes nothing provisional', () => {
    const test = runningRoom({ opponentView: 'blind' });
    test.submit(BEN);
    test.pass(1).solve(ANN);
    expect(lastHeard(test, 1)).toMatchObject({ data: { verdict: 'AC', provisional: false } });
    expect(lastHeard(test, 'referee')).toMatchObject({ data: { verdict: 'AC', provisional: true } });
  });
});

describe('a view of what is solved', () => {
  it('shows an opponent’s accepted submission and none of his tries', () => {
    const test = runningRoom({ opponentView: 'solved' });
    test.solve(ANN, 'A', 'WA');
    expect(lastHeard(test, 2)).not.toHaveProperty('type');
    test.solve(ANN, 'A', 'AC');
    expect(lastHeard(test, 2)).toMatchObject({ type: 'submission.judged', data: { verdict: 'AC' } });
    expect(roomFor(test.room, 2).leaderboard[0]?.cells.A).toMatchObject({ state: 'solved', tries: 1 });
  });

  it('takes back what a rejudge takes back', () => {
    const test = runningRoom({ opponentView: 'solved' });
    const one = test.submit(ANN);
    test.judge(one, 'AC');
    test.judge(one, 'WA');
    expect(lastHeard(test, 2)).toMatchObject({ type: 'submission.judged', data: { submissionId: one } });
    expect(roomFor(test.room, 2).submissions).toEqual([]);
    test.judge(one, 'TLE');
    expect(lastHeard(test, 2)).not.toHaveProperty('type');
  });
});

describe('a freeze', () => {
  it('hides what is received from its first millisecond on, and nothing before', () => {
    const test = frozenRoom();
    test.pass(-1).solve(ANN, 'A');
    test.pass(1).solve(ANN, 'B');
    expect(roomFor(test.room, 'public').submissions.map(({ verdict }) => verdict)).toEqual(['AC', 'PENDING']);
    expect(roomFor(test.room, 2).submissions.map(({ verdict }) => verdict)).toEqual(['AC', 'PENDING']);
  });

  it('does not hide a player’s own verdict, or anything from the referee', () => {
    const test = frozenRoom();
    test.solve(ANN);
    for (const audience of [1, 'referee'] as const) {
      expect(lastHeard(test, audience)).toMatchObject({ type: 'submission.judged', data: { verdict: 'AC' } });
    }
    expect(lastHeard(test, 2)).not.toHaveProperty('type');
  });

  it('does not thaw by an extension', () => {
    const test = frozenRoom();
    test.solve(ANN);
    test.extend(60);
    expect(roomFor(test.room, 'public').submissions[0]?.verdict).toBe('PENDING');
  });

  it('hides the winner until the reveal', () => {
    const test = frozenRoom();
    test.solve(ANN);
    test.pass(5 * MINUTE).elapse();
    expect(test.room.winnerId).toBe(ANN.userId);
    for (const audience of [1, 2, 'public'] as const) {
      expect(roomFor(test.room, audience).winnerId).toBeNull();
      expect(lastHeard(test, audience)).not.toHaveProperty('data.winnerId');
    }
    test.reveal();
    for (const audience of AUDIENCES) {
      expect(roomFor(test.room, audience).winnerId).toBe(ANN.userId);
      expect(lastHeard(test, audience)).toMatchObject({ type: 'contest.revealed', data: { winnerId: ANN.userId } });
    }
  });
});

describe('the log of a contest that is open', () => {
  it('is the same to all: it is the replay', () => {
    const test = frozenRoom({ opponentView: 'blind' });
    test.solve(ANN);
    test.solve(BEN, 'B', 'WA');
    test.pass(5 * MINUTE).elapse();
    test.reveal();
    const [one, ...others] = AUDIENCES.map((audience) => heard(test, audience));
    for (const other of others) expect(other).toEqual(one);
  });
});
