import fc from 'fast-check';
import { leaderboardFor } from '../../src/core/view';
import { csvOf } from '../../web/core/csv';
import { timelineOf, timeMarks } from '../../web/core/timeline';
import { timelineRows } from '../../web/words/timeline';
import { anyStory, play } from '../support/random-room';
import { ANN, BEN, MINUTE, runningRoom, TestRoom } from '../support/room-builder';

/** Ann solves A at the second try and B; Ben has tried C when time is up. */
function playedRoom(): TestRoom {
  const room = runningRoom();
  room.pass(MINUTE).solve(ANN, 'A', 'WA');
  room.pass(MINUTE).solve(ANN, 'A');
  room.pass(MINUTE).solve(ANN, 'A');
  room.pass(MINUTE).solve(BEN, 'C', 'TLE');
  room.pass(MINUTE).solve(ANN, 'B');
  room.at(room.room.endsAt!).elapse();
  room.close();
  return room;
}

describe('the timeline', () => {
  it('goes up once for each problem solved, when it was solved', () => {
    const { lines } = timelineOf(playedRoom().room);
    expect(lines.map(({ name, steps }) => [name, steps.map(({ seconds, solved }) => [seconds, solved])])).toEqual([
      ['Ann', [[0, 0], [120, 1], [300, 2]]],
      ['Ben', [[0, 0]]],
    ]); // prettier-ignore
  });

  it('has a point for every submission, in order; solving a problem again solves nothing', () => {
    const { points, durationSeconds, mostSolved } = timelineOf(playedRoom().room);
    expect(points.map(({ name, problem, seconds, solved, isSolution }) => [name, problem, seconds, solved, isSolution])).toEqual([
      ['Ann', 'A', 60, 0, false],
      ['Ann', 'A', 120, 1, true],
      ['Ann', 'A', 180, 1, false],
      ['Ben', 'C', 240, 0, false],
      ['Ann', 'B', 300, 2, true],
    ]); // prettier-ignore
    expect([durationSeconds, mostSolved]).toEqual([1800, 2]);
  });

  it('ends where the leaderboard does, whatever happened', () => {
    fc.assert(
      fc.property(anyStory, (story) => {
        const { room } = play(story);
        const { lines, points } = timelineOf(room);
        const solved = new Map(leaderboardFor(room, 'referee').map((row) => [row.userId, row.solved]));
        for (const { userId, steps } of lines) expect(steps.at(-1)!.solved).toBe(solved.get(userId));
        for (const { seconds } of points) expect(seconds).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('of a duel that ended early ends with it', () => {
    const room = runningRoom();
    room.pass(90_000).resign(BEN);
    expect(timelineOf(room.room).durationSeconds).toBe(90);
  });

  it('of a duel that has not started is empty', () => {
    expect(timelineOf(new TestRoom().room)).toEqual({ lines: [], points: [], durationSeconds: 0, mostSolved: 0 });
  });

  it('is marked at times people think in, and never too densely', () => {
    expect(timeMarks(1800, 6)).toEqual([0, 300, 600, 900, 1200, 1500, 1800]);
    expect(timeMarks(90, 4)).toEqual([0, 30, 60, 90]);
    for (const duration of [1, 7, 59, 1801, 18_000]) expect(timeMarks(duration, 5).length).toBeLessThanOrEqual(6);
  });

  it('reads as a table', () => {
    const [head, first] = timelineRows(timelineOf(playedRoom().room).points);
    expect(head).toHaveLength(first!.length);
    expect(first).toEqual(['1:00', 'Ann', 'A', 'Wrong answer', 'cpp', 0]);
  });
});

describe('a table as a file', () => {
  it('keeps what a field contains, and lets no field become a formula', () => {
    expect(csvOf([['a', 'b,c', 'say "x"', 'two\nlines', 3, -1]])).toBe('a,"b,c","say ""x""","two\nlines",3,-1\r\n');
    expect(csvOf([['=1+1', '+2', '-3', '@cmd']])).toBe("'=1+1,'+2,'-3,'@cmd\r\n");
  });
});
