import fc from 'fast-check';
import type { RoomEvent } from '../../src/contract/events';
import { Refusal } from '../../src/contract/refusals';
import { awaited, evolve, unopened } from '../../src/core/room';
import { anySettings, anyStory, contest, play, starting, take, type Step } from '../support/random-room';
import { history } from '../support/reader';
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

  it('receives nothing outside of the contest by a clock that jumps to and fro', () => {
    const jumps = fc.array(fc.integer({ min: -2 * MINUTE, max: 2 * MINUTE }), { minLength: 35, maxLength: 35 });
    fc.assert(
      fc.property(anySettings, contest, jumps, (settings, played, jump) => {
        const shaken = played.flatMap((one, index): Step[] => [{ do: 'wait', ms: jump[index]! }, one]);
        const { room } = play({ settings, steps: [...starting(settings), ...shaken] });
        ordered(room.startsAt, room.startedAt, room.endedAt, room.finalizedAt);
        for (const { receivedAt } of room.submissions) ordered(room.startedAt, receivedAt, room.endsAt! - 1);
      }),
      RUNS,
    );
  });

  it('is final as soon as nothing is awaited, and not before, unless an operator closes it', () => {
    fc.assert(
      fc.property(anyStory, ({ settings, steps }) => {
        const test = play({ settings, steps: steps.filter((one) => one.do !== 'close') });
        const rooms = history(test);
        for (const { seq, type } of test.log) {
          if (type === 'contest.finalized') expect(awaited(rooms[seq]!)).toBe(0);
        }
        for (const batch of test.batches) {
          const { endedAt, finalizedAt, ...room } = rooms[batch.at(-1)!.seq]!;
          if (endedAt !== null && finalizedAt === null) expect(awaited({ endedAt, finalizedAt, ...room })).not.toBe(0);
        }
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
