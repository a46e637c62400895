import fc from 'fast-check';
import type { Settings } from '../../src/contract/shapes';
import type { Verdict } from '../../src/contract/terms';
import { evolve, unopened, type Room } from '../../src/core/room';
import { leaderboard, winnerOf } from '../../src/core/scoring';
import { anySettings, anyStory, contest, play, starting, type Step } from '../support/random-room';
import { history } from '../support/reader';
import { MINUTE, type TestRoom } from '../support/room-builder';

const RUNS = { numRuns: 250 };

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
            expect(event.data.leaderboard.rows).toEqual(recomputed(after));
          }
          return after;
        }, unopened(room.id));
      }),
      RUNS,
    );
  });

  it('names the winner: of a contest that was neither given up nor claimed', () => {
    fc.assert(
      fc.property(anyStory, (story) => {
        const test = play(story);
        const final = test.log.find((event) => event.type === 'contest.finalized');
        if (final?.type !== 'contest.finalized') return;
        const { endReason, endedBy, players } = test.room;
        const other = players.find(({ userId }) => userId !== endedBy);
        const byBoard = winnerOf(recomputed(history(test)[final.seq]!));
        expect(final.data.winnerId).toBe(
          endReason === 'resign' ? other?.userId : endReason === 'forfeit' ? endedBy : byBoard,
        );
      }),
      RUNS,
    );
  });
});

describe('the result', () => {
  const verdicts = fc.array(fc.constantFrom<Verdict>('AC', 'AC', 'WA', 'CE', 'TLE'), { minLength: 35, maxLength: 35 });
  const picks = fc.array(fc.nat({ max: 11 }), { maxLength: 30 });

  /** The same contest for every judge: what was received in it, by whom and when, up to now. */
  function received(settings: Partial<Settings>, played: readonly Step[]) {
    const test = play({ settings, steps: [...starting(settings), ...played.filter((one) => one.do !== 'judge')] });
    return { test, ids: test.room.submissions.map(({ submissionId }) => submissionId) };
  }
  const result = (test: TestRoom) => {
    const final = test.log.find((event) => event.type === 'contest.finalized');
    return final?.type === 'contest.finalized' && [final.data.winnerId, final.data.leaderboard.rows];
  };
  /** What comes of it when every verdict comes once, at once, in order of arrival. */
  function plain(settings: Partial<Settings>, played: readonly Step[], said: readonly Verdict[]) {
    const { test, ids } = received(settings, played);
    ids.forEach((id, index) => test.judge(id, said[index]!));
    test.pass(30 * MINUTE).elapse();
    return result(test);
  }

  it('does not care in which order verdicts arrive, how often, or how late', () => {
    fc.assert(
      fc.property(anySettings, contest, verdicts, picks, (settings, played, said, some) => {
        const { test, ids } = received(settings, played);
        for (const index of some) if (index < ids.length) test.judge(ids[index]!, said[index]!);
        test.pass(30 * MINUTE).elapse();
        ids.toReversed().forEach((id, index) => test.judge(id, said[ids.length - 1 - index]!));
        expect(result(test)).toEqual(plain(settings, played, said));
      }),
      RUNS,
    );
  });

  it('after a rejudge is what it had been without the first judgement', () => {
    fc.assert(
      fc.property(anySettings, contest, verdicts, verdicts, (settings, played, wrong, said) => {
        const { test, ids } = received(settings, played);
        ids.forEach((id, index) => test.judge(id, wrong[index]!));
        ids.forEach((id, index) => test.judge(id, said[index]!));
        test.pass(30 * MINUTE).elapse();
        expect(result(test)).toEqual(plain(settings, played, said));
      }),
      RUNS,
    );
  });
});
