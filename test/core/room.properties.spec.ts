import fc from 'fast-check';
import { type RoomEvent } from '../../src/contract/events';
import { Refusal } from '../../src/contract/refusals';
import type { Verdict } from '../../src/contract/terms';
import { awaited, evolve, unopened, type Room } from '../../src/core/room';
import { leaderboard } from '../../src/core/scoring';
import { leaderboardFor } from '../../src/core/view';
import { anySettings, anyStory, contest, play, starting, take } from '../support/random-room';
import { MINUTE, TestRoom } from '../support/room-builder';

const RUNS = { numRuns: 250 };
const count = (log: readonly RoomEvent[], type: RoomEvent['type']) => log.filter((event) => event.type === type).length;
const ordered = (...moments: (number | null)[]) => {
  const known = moments.filter((moment) => moment !== null);
  expect(known).toEqual(known.toSorted((a, b) => a - b));
};

describe('whatever is tried in a room', () => {
  it('numbers its log 1, 2, 3 … without gap or repeat, and the log makes the room', () => {
    fc.assert(
      fc.property(anyStory, (story) => {
        const { log, room } = play(story);
        expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index + 1));
        expect(log.reduce(evolve, unopened(room.id))).toEqual(room);
      }),
      RUNS,
    );
  });

  it('never has a third player, and no seat changes its owner while it is taken', () => {
    fc.assert(
      fc.property(anyStory, (story) => {
        const { log, room } = play(story);
        log.reduce((before, event) => {
          const after = evolve(before, event);
          expect(after.players.length).toBeLessThanOrEqual(2);
          expect(new Set(after.players.map(({ seat }) => seat)).size).toBe(after.players.length);
          for (const { seat, userId } of after.players) {
            expect([undefined, userId]).toContain(before.players.find((one) => one.seat === seat)?.userId);
          }
          if (before.startedAt !== null) expect(after.players).toEqual(before.players);
          return after;
        }, unopened(room.id));
      }),
      RUNS,
    );
  });

  it('happens in order, and starts, ends and becomes final once', () => {
    fc.assert(
      fc.property(anyStory, (story) => {
        const { log, room } = play(story);
        ordered(room.openedAt, room.startsAt, room.startedAt, room.endedAt, room.finalizedAt, room.revealedAt);
        if (room.startedAt !== null) expect(room.endsAt).toBeGreaterThan(room.startedAt);
        if (room.endedAt !== null) expect(room.endedAt).toBeLessThanOrEqual(room.endsAt!);
        if (room.endReason === 'time') expect(room.endedAt).toBe(room.endsAt);
        for (const once of ['contest.started', 'contest.ended', 'contest.finalized', 'room.cancelled'] as const) {
          expect(count(log, once)).toBeLessThanOrEqual(1);
        }
        expect(room.cancelledAt === null || room.startedAt === null).toBe(true);
      }),
      RUNS,
    );
  });

  it('receives nothing outside of the contest', () => {
    fc.assert(
      fc.property(anyStory, (story) => {
        const { log, room } = play(story);
        for (const { receivedAt } of room.submissions) {
          expect(receivedAt).toBeGreaterThanOrEqual(room.startedAt!);
          expect(receivedAt).toBeLessThan(room.endsAt!);
        }
        const last = log.findLastIndex(({ type }) => type === 'submission.received');
        const end = log.findIndex(({ type }) => type === 'contest.ended');
        expect(end === -1 || last < end).toBe(true);
      }),
      RUNS,
    );
  });

  it('is final once nothing is awaited, and not before unless an operator closes it', () => {
    fc.assert(
      fc.property(anyStory, ({ settings, steps }) => {
        const { room } = play({ settings, steps: steps.filter((one) => one.do !== 'close') });
        if (room.endedAt !== null && awaited(room) === 0) expect(room.finalizedAt).not.toBeNull();
        // A rejudge after the end may leave a judge error behind; without one, final means nothing was awaited.
        if (room.endedAt !== null && room.finalizedAt === null) expect(awaited(room)).toBeGreaterThan(0);
      }),
      RUNS,
    );
  });

  it('changes nothing when it is refused', () => {
    fc.assert(
      fc.property(anyStory, ({ settings, steps }) => {
        const room = new TestRoom(settings);
        for (const one of steps) {
          const before = JSON.stringify([room.room, room.log]);
          if (take(room, one) instanceof Refusal) expect(JSON.stringify([room.room, room.log])).toBe(before);
        }
      }),
      RUNS,
    );
  });

  it('answers a player once who asks twice', () => {
    // Each extension adds again, and two clicks on submit are told apart by their key, before the rules are asked.
    const countsTwice = ['extend', 'submit', 'judge', 'announce', 'close', 'wait', 'gone'];
    fc.assert(
      fc.property(anyStory, ({ settings, steps }) => {
        const room = new TestRoom(settings);
        for (const one of steps) {
          const answer = take(room, one);
          if (answer instanceof Refusal || countsTwice.includes(one.do)) continue;
          expect(take(room, one)).toEqual([]);
        }
      }),
      RUNS,
    );
  });
});

/** The standings by the rule itself, from what was received and judged and nothing else. */
const recomputed = (room: Room) =>
  leaderboard(
    {
      penaltyMinutes: room.settings.penaltyMinutes,
      timePrecision: room.settings.timePrecision,
      startedAt: room.startedAt!,
      endsAt: null,
    },
    room.players,
    room.problems,
    room.submissions.map(({ submissionId, verdict, ...one }) => ({
      ...one,
      id: submissionId,
      verdict: verdict === 'PENDING' ? null : verdict,
    })),
  );

describe('the leaderboard', () => {
  it('equals the full recomputation after every verdict, rejudged or not, and when it is final', () => {
    fc.assert(
      fc.property(anyStory, (story) => {
        const { log, room } = play(story);
        log.reduce((before, event) => {
          const after = evolve(before, event);
          if (event.type === 'submission.judged' || event.type === 'contest.finalized') {
            expect(event.data.leaderboard).toEqual(recomputed(after));
          }
          return after;
        }, unopened(room.id));
      }),
      RUNS,
    );
  });

  it('does not care in which order verdicts arrive, or how often', () => {
    const verdicts = fc.array(fc.constantFrom<Verdict>('AC', 'AC', 'WA', 'CE', 'TLE'), {
      minLength: 12,
      maxLength: 12,
    });
    const arrivals = fc.array(fc.nat({ max: 11 }), { maxLength: 30 });
    fc.assert(
      fc.property(anySettings, contest, verdicts, arrivals, (settings, steps, said, order) => {
        const received = [...starting(settings), ...steps.filter((one) => one.do === 'submit' || one.do === 'wait')];
        const inOrder = play({ settings, steps: received });
        const anyhow = play({ settings, steps: received });
        const ids = inOrder.room.submissions.map(({ submissionId }) => submissionId);
        const verdictOf = (index: number) => said[index % said.length]!;
        ids.forEach((id, index) => inOrder.judge(id, verdictOf(index)));
        // Some more than once, all at least once, before the end and after it.
        for (const index of order.filter((one) => one < ids.length)) anyhow.judge(ids[index]!, verdictOf(index));
        anyhow.pass(30 * MINUTE).elapse();
        ids.toReversed().forEach((id, index) => anyhow.judge(id, verdictOf(ids.length - 1 - index)));
        inOrder.pass(30 * MINUTE).elapse();

        const final = (test: TestRoom) => test.log.findLast(({ type }) => type === 'contest.finalized');
        expect(leaderboardFor(anyhow.room, 'referee')).toEqual(leaderboardFor(inOrder.room, 'referee'));
        expect(anyhow.room.winnerId).toBe(inOrder.room.winnerId);
        expect(final(anyhow)).toBeDefined();
      }),
      RUNS,
    );
  });
});
