import { ANN, BEN, CAT, MINUTE, readyRoom, runningRoom, TestRoom, types } from '../support/room-builder';

describe('a ban', () => {
  it('frees the seat of a player in the lobby, for another', () => {
    const room = readyRoom();
    expect(types(room.ban(BEN))).toEqual(['player.left']);
    expect(room.room.players.map(({ userId }) => userId)).toEqual([ANN.userId]);
    expect(types(room.join(CAT))).toEqual(['player.joined']);
  });

  it('stops a countdown', () => {
    const room = readyRoom({ countdownSeconds: 5 });
    room.start();
    expect(types(room.ban(BEN))).toEqual(['player.left']);
    expect([room.phase, room.room.startsAt]).toEqual(['lobby', null]);
  });

  it.each([true, false])('of the host closes a room that has not started; that he plays: %s', (hostPlays) => {
    const room = new TestRoom({ hostPlays });
    expect(types(room.ban(ANN))).toEqual([...(hostPlays ? ['player.left'] : []), 'room.cancelled']);
    expect(room.phase).toBe('cancelled');
  });

  it('of a player gives a running contest to his opponent, whatever the board says, and tells why', () => {
    const room = runningRoom();
    room.solve(BEN);
    room.pass(MINUTE);
    const [notice, end, final] = room.ban(BEN);
    expect(notice).toEqual({
      type: 'announcement.posted',
      data: { text: 'Ben has been banned, and forfeits the contest.' },
    });
    expect(end).toEqual({
      type: 'contest.ended',
      data: { endedAt: room.now, reason: 'forfeit', by: ANN.userId },
    });
    expect(final).toMatchObject({ type: 'contest.finalized', data: { winnerId: ANN.userId, reason: 'forfeit' } });
  });

  it('of a referee, a spectator or a stranger leaves a running contest to its players', () => {
    const room = runningRoom({ hostPlays: false });
    expect(room.ban(ANN)).toEqual([]);
    expect(room.phase).toBe('running');
  });

  it('changes nothing twice, nor what has ended', () => {
    const room = runningRoom();
    room.submit(ANN);
    room.ban(BEN);
    expect(room.phase).toBe('judging');
    expect([room.ban(BEN), room.ban(ANN)]).toEqual([[], []]);
    room.judge('sub_1', 'WA');
    expect(room.room.winnerId).toBe(ANN.userId);
    expect([room.ban(BEN), room.ban(ANN)]).toEqual([[], []]);
  });
});
