import { SettingsShape } from '../../src/contract/shapes';
import { open } from '../../src/core/decide';
import { ANN, BEN, CAT, MINUTE, readyRoom, refusalOf, SECOND, TestRoom, types } from '../support/room-builder';

describe('the start', () => {
  it('needs two players', () => {
    const room = new TestRoom();
    room.ready(ANN);
    expect(refusalOf(() => room.start())).toBe('contest.not-ready');
  });

  it('needs both to be ready, also after one has thought again', () => {
    const room = new TestRoom();
    room.join(BEN);
    room.ready(ANN);
    expect(refusalOf(() => room.start())).toBe('contest.not-ready');
    room.ready(BEN);
    room.ready(ANN, false);
    expect(refusalOf(() => room.start())).toBe('contest.not-ready');
  });

  it('needs problems', () => {
    expect(refusalOf(() => readyRoom().start(ANN, []))).toBe('problem.not-found');
  });

  it('is the host’s alone', () => {
    expect(refusalOf(() => readyRoom().start(BEN))).toBe('room.not-host');
  });

  it('happens once, with the problems of the first call', () => {
    const room = readyRoom();
    expect(types(room.start())).toEqual(['contest.scheduled']);
    expect(room.start(ANN, [{ label: 'A', slug: 'another' }])).toEqual([]);
    room.pass(5 * SECOND).elapse();
    expect(room.start(ANN, [{ label: 'A', slug: 'another' }])).toEqual([]);
    expect(room.room.problems).toEqual(['A', 'B', 'C']);
    expect(room.room.picked.map(({ slug }) => slug)).toEqual(['a-plus-b', 'b-side', 'c-shell']);
  });

  it('needs the one who joined after a countdown was stopped to be ready himself', () => {
    const room = readyRoom();
    room.start();
    room.leave(BEN);
    room.join(CAT);
    expect(refusalOf(() => room.start())).toBe('contest.not-ready');
  });
});

describe('a countdown', () => {
  it('ends when it said it would, and not a millisecond before', () => {
    const room = readyRoom({ countdownSeconds: 10 });
    room.start();
    expect(room.room.startsAt).toBe(room.now + 10 * SECOND);
    expect(room.pass(10 * SECOND - 1).elapse()).toEqual([]);
    expect(types(room.pass(1).elapse())).toEqual(['contest.started']);
  });

  it('of no seconds starts at once', () => {
    expect(types(readyRoom({ countdownSeconds: 0 }).start())).toEqual(['contest.scheduled', 'contest.started']);
  });

  it('gives the whole time, however late the clock looked', () => {
    const room = readyRoom();
    room.start();
    room.pass(5 * SECOND + 700).elapse();
    expect([room.room.startedAt, room.room.endsAt]).toEqual([room.now, room.now + 30 * MINUTE]);
  });

  it.each([
    ['a player leaves', (room: TestRoom) => room.leave(BEN)],
    ['a player is kicked', (room: TestRoom) => room.kick(BEN)],
  ])('is stopped when %s, and its problems are forgotten', (_, go) => {
    const room = readyRoom();
    room.start();
    go(room);
    expect([room.phase, room.room.startsAt, room.room.picked]).toEqual(['lobby', null, []]);
    expect(room.pass(MINUTE).elapse()).toEqual([]);
  });

  it('that is over lets nobody slip away: leaving is resigning then', () => {
    const room = readyRoom();
    room.start();
    expect(types(room.pass(5 * SECOND).leave(BEN))).toEqual(['contest.started', 'contest.ended', 'contest.finalized']);
    expect(room.room.winnerId).toBe(ANN.userId);
  });
});

describe('a contest is casual', () => {
  const isCasual = (settings: object) => {
    const [opened] = open(ANN, { code: 'K7QM', settings: SettingsShape.parse(settings), locked: false });
    return opened?.type === 'room.opened' && opened.data.casual;
  };

  it('when the host plays problems he chose by name', () => {
    expect(isCasual({ problems: ['a-plus-b'] })).toBe(true);
  });

  it('but not when he only referees, or when nobody knew them', () => {
    expect(isCasual({ problems: ['a-plus-b'], hostPlays: false })).toBe(false);
    expect(isCasual({ problems: { count: 3, difficulty: 'easy' } })).toBe(false);
    expect(isCasual({})).toBe(false);
  });
});
