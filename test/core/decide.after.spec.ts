import {
  ANN,
  BEN,
  CAT,
  MINUTE,
  NEXT_ROOM,
  refusalOf,
  runningRoom,
  types,
  type TestRoom,
} from '../support/room-builder';

const over = (settings = {}): TestRoom => {
  const room = runningRoom(settings);
  room.solve(ANN);
  room.pass(30 * MINUTE).elapse();
  return room;
};

describe('the final', () => {
  it('comes with the end when every verdict is in', () => {
    const room = over();
    expect(room.room).toMatchObject({ finalizedAt: room.now, winnerId: ANN.userId });
  });

  it.each(['WA', 'AC', 'CE'] as const)('waits for the last verdict, be it %s', (verdict) => {
    const room = runningRoom();
    const [first, last] = [room.submit(ANN, 'A'), room.submit(BEN, 'B')];
    room.pass(30 * MINUTE).elapse();
    expect(room.phase).toBe('judging');
    expect(types(room.judge(last, verdict))).toEqual(['submission.judged']);
    expect(types(room.pass(60 * MINUTE).judge(first, 'AC'))).toEqual(['submission.judged', 'contest.finalized']);
    expect(room.room).toMatchObject({ endedAt: room.room.endsAt, finalizedAt: room.now });
  });

  it('waits on when the judge gave up: nobody loses by our fault', () => {
    const room = runningRoom();
    const one = room.submit(ANN);
    room.pass(30 * MINUTE).elapse();
    expect(types(room.judge(one, 'JE'))).toEqual(['submission.judged']);
    expect(room.phase).toBe('judging');
    expect(types(room.judge(one, 'AC'))).toEqual(['submission.judged', 'contest.finalized']);
    expect(room.room.winnerId).toBe(ANN.userId);
  });

  it('does not come with the end when a judge error is all that is left', () => {
    const room = runningRoom();
    room.solve(ANN, 'A', 'JE');
    room.pass(30 * MINUTE).elapse();
    expect(room.phase).toBe('judging');
  });

  it('comes once: a rejudge changes the leaderboard and tells it, and the result stays', () => {
    const room = runningRoom();
    const one = room.submit(ANN);
    room.judge(one, 'AC');
    room.pass(30 * MINUTE).elapse();
    const [judged, ...others] = room.judge(one, 'WA');
    expect(judged?.type === 'submission.judged' && judged.data.leaderboard.rows.map(({ solved }) => solved)).toEqual([
      0, 0,
    ]);
    expect(others).toEqual([]);
    expect(room.room.winnerId).toBe(ANN.userId);
  });

  it('is a draw between equals', () => {
    const room = runningRoom();
    room.pass(30 * MINUTE).elapse();
    expect(room.room).toMatchObject({ winnerId: null, finalizedAt: room.now });
  });

  it('that waits in vain is declared by an operator', () => {
    const room = runningRoom();
    room.submit(BEN);
    room.solve(ANN);
    room.close();
    expect(room.phase).toBe('judging');
    expect(types(room.close())).toEqual(['contest.finalized']);
    expect(room.room.winnerId).toBe(ANN.userId);
  });

  it('does not depend on how fast the judge was', () => {
    const winners = [true, false].map((annFirst) => {
      const room = runningRoom();
      const [ann, ben] = [room.submit(ANN), room.pass(MINUTE).submit(BEN)];
      room.pass(30 * MINUTE);
      for (const one of annFirst ? [ann, ben] : [ben, ann]) room.judge(one, 'AC');
      return room.room.winnerId;
    });
    expect(winners).toEqual([ANN.userId, ANN.userId]);
  });

  it('ends a contest by a verdict that comes late, before the verdict is told', () => {
    const room = runningRoom();
    const one = room.submit(ANN);
    expect(types(room.pass(31 * MINUTE).judge(one, 'AC'))).toEqual([
      'contest.ended',
      'submission.judged',
      'contest.finalized',
    ]);
  });

  it('knows no verdict of a submission that is not there', () => {
    expect(refusalOf(() => over().judge('sub_nowhere', 'AC'))).toBe('submission.not-found');
  });
});

describe('a photo finish', () => {
  it('is provisional while an earlier submission could still beat it', () => {
    const room = runningRoom();
    const earlier = room.submit(BEN);
    const isProvisional = (submission: typeof earlier) => {
      const [judged] = room.judge(submission, 'AC');
      return judged?.type === 'submission.judged' && judged.data.provisional;
    };
    expect(isProvisional(room.pass(1).submit(ANN))).toBe(true);
    expect(isProvisional(earlier)).toBe(false);
  });
});

describe('the reveal', () => {
  it('lifts the freeze of a final contest, once', () => {
    const room = over({ freezeMinutes: 5 });
    expect(types(room.reveal())).toEqual(['contest.revealed']);
    expect(room.room.revealedAt).toBe(room.now);
    expect(room.reveal()).toEqual([]);
  });

  it('is the host’s, and not before the final', () => {
    const room = runningRoom({ freezeMinutes: 5 });
    expect(refusalOf(() => room.reveal())).toBe('contest.not-ready');
    expect(refusalOf(() => room.reveal(BEN))).toBe('room.not-host');
  });

  it('comes by itself half an hour later, so that a host who walks away cannot keep the result', () => {
    const room = over({ freezeMinutes: 5 });
    const thaw = room.room.finalizedAt! + 30 * 60_000;
    expect(types(room.at(thaw - 1).elapse())).toEqual([]);
    expect(types(room.at(thaw).elapse())).toEqual(['contest.revealed']);
    expect(types(room.at(thaw + 1).elapse())).toEqual([]);
  });

  it('of nothing is nothing', () => {
    expect(over().reveal()).toEqual([]);
  });
});

describe('a rematch', () => {
  it('is offered once and accepted once', () => {
    const room = over();
    expect(types(room.rematch(ANN, 'offer'))).toEqual(['rematch.offered']);
    expect(room.rematch(ANN, 'offer')).toEqual([]);
    expect(room.rematch(BEN, 'accept')).toEqual([{ type: 'rematch.accepted', data: { roomId: NEXT_ROOM } }]);
    expect([room.rematch(BEN, 'accept'), room.rematch(ANN, 'offer'), room.rematch(BEN, 'decline')]).toEqual([
      [],
      [],
      [],
    ]);
  });

  it('that both offer is accepted', () => {
    const room = over();
    room.rematch(BEN, 'offer');
    expect(types(room.rematch(ANN, 'offer'))).toEqual(['rematch.accepted']);
  });

  it('cannot be accepted by who offers it, or when nobody does', () => {
    const room = over();
    expect(refusalOf(() => room.rematch(BEN, 'accept'))).toBe('contest.not-ready');
    room.rematch(ANN, 'offer');
    expect(refusalOf(() => room.rematch(ANN, 'accept'))).toBe('contest.not-ready');
  });

  it.each([
    ['withdrawn by who offered it', ANN, 'withdraw'],
    ['declined by the other', BEN, 'decline'],
  ] as const)('is %s, once, and may be offered again', (_, who, answer) => {
    const room = over();
    room.rematch(ANN, 'offer');
    expect(types(room.rematch(who, answer))).toEqual(['rematch.declined']);
    expect(room.rematch(who, answer)).toEqual([]);
    expect(refusalOf(() => room.rematch(BEN, 'accept'))).toBe('contest.not-ready');
    expect(types(room.rematch(BEN, 'offer'))).toEqual(['rematch.offered']);
  });

  it('is not undone by the echo of an answer to another offer', () => {
    const room = over();
    room.rematch(ANN, 'offer');
    room.rematch(ANN, 'withdraw');
    room.rematch(BEN, 'offer');
    expect(room.rematch(ANN, 'withdraw')).toEqual([]);
    expect(room.rematch(BEN, 'decline')).toEqual([]);
    expect(room.room.rematchOfferedBy).toBe(BEN.userId);
  });

  it('can be agreed while the last verdicts are awaited, and by players only', () => {
    const room = runningRoom({ hostPlays: false });
    expect(refusalOf(() => room.rematch(BEN, 'offer'))).toBe('contest.not-ready');
    room.submit(BEN);
    room.pass(30 * MINUTE).elapse();
    expect(room.phase).toBe('judging');
    expect(refusalOf(() => room.rematch(ANN, 'offer'))).toBe('room.not-member');
    room.rematch(BEN, 'offer');
    expect(types(room.rematch(CAT, 'accept'))).toEqual(['rematch.accepted']);
  });
});
