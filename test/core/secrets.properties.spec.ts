import fc from 'fast-check';
import type { Verdict } from '../../src/contract/terms';
import type { Room, RoomSubmission } from '../../src/core/room';
import { isFrozen, isOpen, roomFor, submissionsFor, type Audience } from '../../src/core/view';
import {
  anySettings,
  contest,
  play,
  starting,
  take,
  VERDICT_CODES,
  type Step,
  type Story,
} from '../support/random-room';
import { heardLive } from '../support/reader';
import { MINUTE, playersOf, TestRoom } from '../support/room-builder';

const RUNS = { numRuns: 200 };
const judgements = VERDICT_CODES.filter((code) => code !== 'JE');
const otherVerdicts = fc.array(fc.constantFrom(...judgements), { minLength: 8, maxLength: 8 });
const theEnd: readonly Step[] = [{ do: 'wait', ms: 30 * MINUTE }, { do: 'elapse' }];

/** May this verdict of the player on seat 1 be another one without anybody else noticing? */
type Secret = (room: Room, submission: RoomSubmission, was: Verdict, becomes: Verdict) => boolean;

/** The same story twice; in the second one secret verdicts are others. */
function twins({ settings, steps }: Story, others: readonly Verdict[], isSecret: Secret): [TestRoom, TestRoom] {
  const [one, other] = [new TestRoom(settings), new TestRoom(settings)];
  const [author] = playersOf(settings);
  for (const step of steps) {
    take(one, step);
    take(other, (step.do === 'judge' && swapped(step)) || step);
  }
  return [one, other];

  function swapped(step: Extract<Step, { do: 'judge' }>): Step | undefined {
    const submission = other.room.submissions[step.nth % other.room.submissions.length];
    const verdict = others[step.nth]!;
    if (submission?.userId !== author.userId || step.verdict === 'JE') return undefined;
    return isSecret(other.room, submission, step.verdict, verdict) ? { ...step, verdict } : undefined;
  }
}

/** Byte for byte what an audience hears before all is open. */
const stream = (test: TestRoom, audience: Audience): string[] =>
  heardLive(test, audience).flatMap(({ stage, event }) => (isOpen(stage) ? [] : [JSON.stringify(event)]));

const neverAccepted: Secret = (_room, submission, was, becomes) => ![submission.verdict, was, becomes].includes('AC');

describe.each<[string, object, Secret]>([
  ['a freeze', { freezeMinutes: 9.5 }, isFrozen],
  ['a freeze from the start on', { freezeMinutes: 10 }, isFrozen],
  ['a blind view', { opponentView: 'blind', freezeMinutes: 0 }, () => true],
  ['a blind view with a freeze', { opponentView: 'blind', freezeMinutes: 9.5 }, () => true],
  ['a view of what is solved', { opponentView: 'solved', freezeMinutes: 0 }, neverAccepted],
])('%s', (_, hides, isSecret) => {
  it('keeps all streams but the author’s the same to the byte, whatever the verdicts it hides', () => {
    fc.assert(
      fc.property(anySettings, contest, otherVerdicts, (some, played, others) => {
        const settings = { ...some, ...hides };
        const story = { settings, steps: [...starting(settings), ...played, ...theEnd] };
        const [one, other] = twins(story, others, isSecret);
        for (const audience of [2, 'public'] as const) {
          expect(stream(other, audience)).toEqual(stream(one, audience));
          if (!isOpen(one.room)) expect(roomFor(other.room, audience)).toEqual(roomFor(one.room, audience));
        }
      }),
      RUNS,
    );
  });
});

describe.each(['solved', 'blind'] as const)('a %s view', (opponentView) => {
  it('never names what it hides of the opponent before all is open', () => {
    fc.assert(
      fc.property(anySettings, contest, (some, played) => {
        const settings = { ...some, opponentView };
        const test = play({ settings, steps: [...starting(settings), ...played, ...theEnd] });
        const [, opponent] = playersOf(settings);
        const heard = stream(test, 1).join();
        for (const { submissionId, userId } of test.room.submissions) {
          const accepted = test.log.some(
            ({ type, data }) =>
              type === 'submission.judged' && data.submissionId === submissionId && data.verdict === 'AC',
          );
          const hidden = userId === opponent.userId && !(opponentView === 'solved' && accepted);
          if (hidden) expect(heard).not.toContain(`"${submissionId}"`);
        }
      }),
      RUNS,
    );
  });

  it('scores me by what I know, in every event', () => {
    fc.assert(
      fc.property(anySettings, contest, (some, played) => {
        const settings = { ...some, opponentView, freezeMinutes: 0 };
        const test = play({ settings, steps: [...starting(settings), ...played] });
        const [me] = playersOf(settings);
        for (const { stage, event } of heardLive(test, 1)) {
          if (!('type' in event) || event.type !== 'submission.judged' || isOpen(stage)) continue;
          const known: Room = { ...stage, submissions: submissionsFor(stage, 1) };
          const board = roomFor(known, 'referee').leaderboard;
          const cell = board.find(({ userId }) => userId === event.data.userId)?.cells[event.data.problem];
          expect(known.submissions.every((one) => one.userId === me.userId || one.verdict === 'AC')).toBe(true);
          expect(event.data.leaderboard.rows).toEqual(board);
          expect(event.data.provisional).toBe(event.data.verdict === 'AC' && cell?.provisional);
        }
      }),
      RUNS,
    );
  });
});
