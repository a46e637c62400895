import { awaited, dueAt, evolve, freezesAt, phaseOf, type Phase } from '../../src/core/room';
import { ANN, BEN, MINUTE, OPENED, readyRoom, runningRoom, SECOND, TestRoom } from '../support/room-builder';

/** A room on its way through a whole life; `look` is called in each phase. */
function live(look: (room: TestRoom) => void): void {
  const room = readyRoom();
  look(room);
  room.start();
  look(room);
  room.pass(5 * SECOND).elapse();
  look(room);
  const last = room.submit(ANN);
  room.pass(30 * MINUTE).elapse();
  look(room);
  room.judge(last, 'AC');
  look(room);
}

describe('the moments of a room', () => {
  it('add up to its phase', () => {
    const phases: Phase[] = [];
    live(({ room }) => phases.push(phaseOf(room)));
    expect(phases).toEqual(['lobby', 'countdown', 'running', 'judging', 'final']);
  });

  it('are never taken back by the phase that follows', () => {
    let before: object = {};
    live(({ room: { openedAt, startsAt, startedAt, endsAt, endedAt, finalizedAt } }) => {
      const moments = { openedAt, startsAt, startedAt, endsAt, endedAt, finalizedAt };
      const known = Object.fromEntries(Object.entries(moments).filter(([, moment]) => moment !== null));
      expect(known).toMatchObject(before);
      before = known;
    });
  });

  it('say when the clock has to look again', () => {
    const due: (number | null)[] = [];
    live(({ room }) => due.push(dueAt(room)));
    const start = OPENED + 5 * SECOND;
    expect(due).toEqual([OPENED + 30 * MINUTE, start, start + 30 * MINUTE, null, null]);
  });

  it('need no clock any more once the room is cancelled', () => {
    const room = new TestRoom();
    room.cancel();
    expect([phaseOf(room.room), dueAt(room.room)]).toEqual(['cancelled', null]);
  });
});

describe('the length of a contest', () => {
  it('may be a fraction of a minute, to the millisecond', () => {
    const { room } = runningRoom({ minutes: 0.1 });
    expect(room.endsAt! - room.startedAt!).toBe(6 * SECOND);
  });
});

describe('the freeze', () => {
  it('begins so many minutes before the planned end', () => {
    const { room } = runningRoom({ freezeMinutes: 5 });
    expect(freezesAt(room)).toBe(room.endsAt! - 5 * MINUTE);
  });

  it('does not begin where there is none, or before the start', () => {
    expect(freezesAt(runningRoom().room)).toBeNull();
    expect(freezesAt(readyRoom({ freezeMinutes: 5 }).room)).toBeNull();
  });
});

describe('a verdict', () => {
  it('is awaited until it is there, and again when the judge gave up', () => {
    const test = runningRoom();
    const [one, other] = [test.submit(ANN), test.submit(BEN)];
    const counts = [awaited(test.room)];
    test.judge(other, 'WA');
    counts.push(awaited(test.room));
    test.judge(one, 'JE');
    counts.push(awaited(test.room));
    test.judge(one, 'AC');
    counts.push(awaited(test.room));
    expect(counts).toEqual([2, 1, 1, 0]);
  });

  it('leaves the submission where its arrival has put it', () => {
    const test = runningRoom();
    const [one, other] = [test.submit(ANN), test.submit(BEN)];
    test.judge(one, 'AC');
    expect(test.room.submissions.map(({ submissionId }) => submissionId)).toEqual([one, other]);
  });
});

describe('an event of which only the number is seen', () => {
  it('moves the position and nothing else', () => {
    const { room } = runningRoom();
    expect(evolve(room, { roomId: room.id, seq: room.seq + 1 })).toEqual({ ...room, seq: room.seq + 1 });
  });
});
