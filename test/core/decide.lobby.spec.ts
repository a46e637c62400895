import {
  ANN,
  BEN,
  CAT,
  DAN,
  MINUTE,
  OPENED,
  person,
  readyRoom,
  refusalOf,
  SECOND,
  TestRoom,
  types,
} from '../support/room-builder';

describe('a seat', () => {
  it('is the host’s from the opening on, and it is the first', () => {
    expect(new TestRoom().room.players).toEqual([{ ...ANN, seat: 1, ready: false }]);
  });

  it('is not a referee’s', () => {
    const { room } = new TestRoom({ hostPlays: false });
    expect([room.hostId, room.players]).toEqual([ANN.userId, []]);
  });

  it('is never given to a third player', () => {
    const room = new TestRoom();
    room.join(BEN);
    expect(refusalOf(() => room.join(CAT))).toBe('room.full');
    expect(room.room.players.map(({ userId }) => userId)).toEqual([ANN.userId, BEN.userId]);
  });

  it('is given once to who joins twice', () => {
    const room = new TestRoom();
    room.join(BEN);
    expect(room.join(BEN)).toEqual([]);
    expect(room.join(ANN)).toEqual([]);
  });

  it('is not lost to who asks again when the contest is on or over', () => {
    const room = readyRoom();
    room.start();
    expect(room.join(BEN)).toEqual([]);
    room.pass(5 * SECOND).elapse();
    expect(room.join(BEN)).toEqual([]);
    room.pass(30 * MINUTE).elapse();
    expect(room.join(BEN)).toEqual([]);
  });

  it('does not make a player of the referee', () => {
    expect(new TestRoom({ hostPlays: false }).join(ANN)).toEqual([]);
  });

  it('that was freed is the next one taken, and the other keeps its owner', () => {
    const room = new TestRoom({ hostPlays: false });
    room.join(BEN);
    room.join(CAT);
    room.leave(BEN);
    room.join(DAN);
    expect(room.room.players.map(({ userId, seat }) => [seat, userId])).toEqual([
      [1, DAN.userId],
      [2, CAT.userId],
    ]);
  });

  it('can be left and taken again', () => {
    const room = new TestRoom();
    room.join(BEN);
    expect(types(room.leave(BEN))).toEqual(['player.left']);
    expect(room.leave(BEN)).toEqual([]);
    expect(types(room.join(BEN))).toEqual(['player.joined']);
  });

  it.each([
    ['countdown', 0, 'contest.already-started'],
    ['running', 0, 'contest.already-started'],
    ['final', 30 * MINUTE, 'contest.over'],
  ] as const)('is not to be had by a latecomer: %s', (phase, after, refusal) => {
    const room = readyRoom();
    room.start();
    if (phase !== 'countdown') room.pass(5 * SECOND).elapse();
    room.pass(after).elapse();
    expect(room.phase).toBe(phase);
    expect(refusalOf(() => room.join(CAT))).toBe(refusal);
  });

  it('is not to be had in a room that was cancelled', () => {
    const room = new TestRoom();
    room.cancel();
    expect(refusalOf(() => room.join(BEN))).toBe('room.closed');
  });
});

describe('who sits down', () => {
  it('tells the log no more of himself than the contract names', () => {
    const row = { ...BEN, mail: 'ben@example.org' };
    expect(new TestRoom().join(row)).toEqual([{ type: 'player.joined', data: { ...BEN, seat: 2 } }]);
  });
});

describe('a name', () => {
  it.each(['Ann', 'ANN', 'Ａｎｎ'])('is taken once: a second %s gets a number', (name) => {
    const room = new TestRoom();
    room.join({ ...person('Ann'), userId: 'user_other', name, guest: true });
    expect(room.room.players.map((player) => player.name)).toEqual(['Ann', `${name} (2)`]);
  });
});

describe('the host', () => {
  it('may kick a player, who cannot come back', () => {
    const room = readyRoom();
    expect(types(room.kick(BEN))).toEqual(['player.kicked']);
    expect(refusalOf(() => room.join(BEN))).toBe('room.kicked');
    expect(refusalOf(() => room.ready(BEN))).toBe('room.not-found');
    expect(room.kick(BEN)).toEqual([]);
    expect(types(room.join(CAT))).toEqual(['player.joined']);
  });

  it('cannot kick himself or somebody who is not there', () => {
    const room = new TestRoom();
    expect(refusalOf(() => room.kick(ANN))).toBe('auth.forbidden');
    expect(refusalOf(() => room.kick(BEN))).toBe('room.not-member');
  });

  it('takes the room along when he leaves: nobody else could start it', () => {
    const room = readyRoom();
    expect(types(room.leave(ANN))).toEqual(['player.left', 'room.cancelled']);
    expect(room.batches.at(-1)?.at(-1)?.data).toMatchObject({ reason: 'host-left' });
    expect(room.leave(ANN)).toEqual([]);
    expect(room.leave(BEN)).toEqual([]);
  });

  it('takes the room along too when he only referees', () => {
    expect(types(readyRoom({ hostPlays: false }).leave(ANN))).toEqual(['room.cancelled']);
  });

  it('may cancel before the start, and twice is once', () => {
    const room = readyRoom();
    room.start();
    expect(types(room.cancel())).toEqual(['room.cancelled']);
    expect(room.cancel()).toEqual([]);
    expect(room.pass(MINUTE).elapse()).toEqual([]);
    expect(room.room.startedAt).toBeNull();
  });
});

describe('a lobby', () => {
  it('where nothing happens for thirty minutes is cancelled, not a millisecond before', () => {
    const room = new TestRoom();
    expect(room.pass(30 * MINUTE - 1).elapse()).toEqual([]);
    expect(room.pass(1).elapse()).toEqual([
      { type: 'room.cancelled', data: { cancelledAt: OPENED + 30 * MINUTE, reason: 'idle' } },
    ]);
    expect(room.pass(1).elapse()).toEqual([]);
  });

  it('lives on for thirty minutes more whenever something happens', () => {
    const room = new TestRoom();
    room.pass(30 * MINUTE - 1).join(BEN);
    expect(room.pass(30 * MINUTE - 1).elapse()).toEqual([]);
    expect(types(room.pass(1).elapse())).toEqual(['room.cancelled']);
  });

  it('that is overdue takes nobody in, though no clock has looked yet', () => {
    const room = new TestRoom().pass(30 * MINUTE);
    expect(refusalOf(() => room.join(BEN))).toBe('room.closed');
  });

  it('is cancelled by an operator, once', () => {
    const room = new TestRoom();
    expect(room.close()).toEqual([{ type: 'room.cancelled', data: { cancelledAt: OPENED, reason: 'admin' } }]);
    expect(room.close()).toEqual([]);
  });
});
