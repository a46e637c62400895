import { ANN, BEN, CAT, MINUTE, readyRoom, refusalOf, runningRoom, SECOND, SUE, types } from '../support/room-builder';

const HALF_HOUR = 30 * MINUTE;
const LAST = (room: ReturnType<typeof runningRoom>) => room.room.endsAt! - 1;

describe('a submission', () => {
  it('counts from the very start to the last millisecond', () => {
    const room = runningRoom();
    room.submit(ANN);
    room.at(LAST(room)).submit(BEN);
    expect(room.room.submissions.map(({ receivedAt }) => receivedAt)).toEqual([room.room.startedAt, room.now]);
  });

  it('is too late at the end itself, though no clock has looked yet', () => {
    const room = runningRoom().pass(HALF_HOUR);
    expect(refusalOf(() => room.submit(ANN))).toBe('contest.over');
    expect(room.phase).toBe('running');
  });

  it('is too early before the start', () => {
    const room = readyRoom();
    expect(refusalOf(() => room.submit(ANN))).toBe('contest.not-running');
    room.start();
    expect(refusalOf(() => room.submit(ANN))).toBe('contest.not-running');
  });

  it('of the first millisecond after the countdown needs no clock to have started the contest', () => {
    const room = readyRoom();
    room.start();
    room.pass(5 * SECOND).ask({ do: 'submit', by: ANN.userId, submissionId: 'sub_x', problem: 'A', language: 'cpp' });
    expect(types(room.batches.at(-1)!)).toEqual(['contest.started', 'submission.received']);
  });

  it('counts when it came before the bell, be it in the same millisecond', () => {
    const room = runningRoom({ hostPlays: false }).pass(MINUTE);
    const last = room.submit(BEN);
    room.end(ANN);
    expect(room.phase).toBe('judging');
    room.judge(last, 'AC');
    expect([room.room.finalizedAt, room.room.winnerId]).toEqual([room.now, BEN.userId]);
  });

  it('is never received before the start or after the end by a clock that was set back', () => {
    const room = runningRoom();
    const { startedAt } = room.room;
    room.pass(-SECOND).submit(ANN);
    expect(room.room.submissions[0]?.receivedAt).toBe(startedAt);
    room.end(ANN);
    room.end(BEN);
    expect(room.room.endedAt).toBe(startedAt);
  });

  it('is for a problem of this contest, in a language of this contest, by a player of this contest', () => {
    const room = runningRoom({ languages: ['cpp'] });
    expect(refusalOf(() => room.submit(ANN, 'D'))).toBe('problem.not-found');
    expect(refusalOf(() => room.submit(ANN, 'A', 'python'))).toBe('language.unknown');
    expect(refusalOf(() => room.submit(SUE))).toBe('room.not-member');
    expect(refusalOf(() => room.submit(CAT))).toBe('room.not-found');
  });
});

describe('the end by time', () => {
  it.each([0, 1, 12_345, 24 * 60 * MINUTE])('is to the millisecond, though the clock looks %i ms late', (late) => {
    const room = runningRoom();
    const { endsAt } = room.room;
    room.pass(HALF_HOUR + late).elapse();
    expect(room.room).toMatchObject({ endedAt: endsAt, endReason: 'time', endedBy: null, finalizedAt: endsAt! + late });
  });

  it('comes once, whoever looks, and however often', () => {
    const room = runningRoom().pass(HALF_HOUR);
    expect(types(room.elapse())).toEqual(['contest.ended', 'contest.finalized']);
    expect([room.elapse(), room.end(ANN), room.end(BEN), room.leave(BEN)]).toEqual([[], [], [], []]);
  });

  it('comes before whatever is asked at that moment', () => {
    const room = runningRoom().pass(HALF_HOUR);
    expect(types(room.end(ANN))).toEqual(['contest.ended', 'contest.finalized']);
    expect(room.room.endReason).toBe('time');
    expect(refusalOf(() => runningRoom().pass(HALF_HOUR).resign(ANN))).toBe('contest.over');
  });

  it('is meant to be where an extension put it', () => {
    const room = runningRoom();
    const { endsAt } = room.room;
    room.extend(5);
    room.extend(0.1);
    expect(room.room.endsAt).toBe(endsAt! + 5 * MINUTE + 6 * SECOND);
    expect(room.at(endsAt!).elapse()).toEqual([]);
    expect(refusalOf(() => room.at(room.room.endsAt!).extend(5))).toBe('contest.over');
  });
});

describe('the bell', () => {
  it('is rung by a referee at will', () => {
    const room = runningRoom({ hostPlays: false });
    room.end(ANN);
    expect(room.room).toMatchObject({ endedAt: room.now, endReason: 'host', endedBy: ANN.userId });
  });

  it('is not rung by a host who plays: he offers, and rings it with the opponent’s consent', () => {
    const room = runningRoom();
    room.solve(ANN);
    expect(types(room.end(ANN))).toEqual(['contest.end-offered']);
    expect(room.end(ANN)).toEqual([]);
    expect(types(room.end(BEN))).toEqual(['contest.ended', 'contest.finalized']);
    expect(room.room).toMatchObject({ endReason: 'agreed', winnerId: ANN.userId, endOfferedBy: null });
  });

  it('is offered by either, and agreed to by the host', () => {
    const room = runningRoom();
    room.end(BEN);
    room.end(ANN);
    expect(room.room.endReason).toBe('agreed');
  });

  it.each([
    ['host', ANN, BEN],
    ['other player', BEN, ANN],
  ])('is rung without consent by the %s who stayed', (_, stayed, gone) => {
    const room = runningRoom();
    room.gone.add(gone.userId);
    expect(types(room.end(stayed))).toEqual(['contest.ended', 'contest.finalized']);
    expect(room.room).toMatchObject({ endedBy: stayed.userId, winnerId: null });
  });

  it('is not rung by one who is gone himself', () => {
    const room = runningRoom();
    room.gone.add(ANN.userId);
    expect(types(room.end(ANN))).toEqual(['contest.end-offered']);
  });

  it('rings for an operator', () => {
    const room = runningRoom();
    expect(types(room.close())).toEqual(['contest.ended', 'contest.finalized']);
    expect(room.close()).toEqual([]);
  });
});

describe('who gives up', () => {
  it('gives the win to the opponent, whatever the leaderboard says, and leaves the leaderboard as it is', () => {
    const room = runningRoom();
    room.solve(ANN);
    room.resign(ANN);
    const final = room.log.at(-1);
    expect(final).toMatchObject({ type: 'contest.finalized', data: { winnerId: BEN.userId, reason: 'resign' } });
    expect(final?.type === 'contest.finalized' && final.data.leaderboard.rows[0]).toMatchObject({
      userId: ANN.userId,
      rank: 1,
    });
  });

  it('does so once, and the other cannot give up any more', () => {
    const room = runningRoom();
    room.resign(BEN);
    expect(room.resign(BEN)).toEqual([]);
    expect(room.leave(BEN)).toEqual([]);
    expect(refusalOf(() => room.resign(ANN))).toBe('contest.over');
  });

  it('may do so by leaving', () => {
    const room = runningRoom();
    room.leave(ANN);
    expect(room.room).toMatchObject({ endReason: 'resign', endedBy: ANN.userId, winnerId: BEN.userId });
    expect(room.room.players).toHaveLength(2);
  });

  it('is not the referee who walks out', () => {
    const room = runningRoom({ hostPlays: false });
    expect(room.leave(ANN)).toEqual([]);
    expect(room.phase).toBe('running');
  });

  it('has lost only when the last verdict is in', () => {
    const room = runningRoom();
    const open = room.submit(BEN);
    room.resign(ANN);
    expect(room.room.finalizedAt).toBeNull();
    room.judge(open, 'WA');
    expect(room.room.winnerId).toBe(BEN.userId);
  });
});

describe('a claim', () => {
  it('wins over an opponent who is gone, where the room allows it, once', () => {
    const room = runningRoom({ onGone: 'claim' });
    room.solve(BEN);
    room.gone.add(BEN.userId);
    room.claim(ANN);
    expect(room.room).toMatchObject({ endReason: 'forfeit', endedBy: ANN.userId, winnerId: ANN.userId });
    expect(room.claim(ANN)).toEqual([]);
    expect(refusalOf(() => room.claim(BEN))).toBe('contest.over');
  });

  it('is refused while the opponent is there, and by default', () => {
    expect(refusalOf(() => runningRoom({ onGone: 'claim' }).claim(ANN))).toBe('auth.forbidden');
    const room = runningRoom();
    room.gone.add(BEN.userId);
    expect(refusalOf(() => room.claim(ANN))).toBe('auth.forbidden');
  });

  it('is not won by one who is gone himself', () => {
    const room = runningRoom({ onGone: 'claim' });
    room.gone.add(ANN.userId);
    expect(refusalOf(() => room.claim(ANN))).toBe('auth.forbidden');
  });
});
