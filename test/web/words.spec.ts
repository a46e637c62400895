import fc from 'fast-check';
import { REFUSALS } from '../../src/contract/refusals';
import { VERDICTS } from '../../src/contract/terms';
import { Away, Refused } from '../../web/core/api';
import { complaintOf } from '../../web/words/complaint';
import { REFUSAL_WORDS, STEPS } from '../../web/words/refusals';
import { VERDICT_WORDS } from '../../web/words/verdicts';
import { sayEvent } from '../../web/words/events';
import { anyStory, play } from '../support/random-room';
import { ANN, BEN } from '../support/room-builder';
import type { RoomEvent } from '../../src/contract/events';

describe('what the server refuses', () => {
  it('is said in words for every code, and for no other', () => {
    expect(Object.keys(REFUSAL_WORDS).toSorted()).toEqual(Object.keys(REFUSALS).toSorted());
  });

  it.each(Object.entries(REFUSAL_WORDS))('%s has a sentence and a next step', (_, { title, says, next }) => {
    expect(title).toMatch(/^[A-Z].*[^.]$/);
    expect(says).toMatch(/^[A-Z].*\.$/);
    expect(STEPS[next]).toBeTruthy();
  });

  it('and its silence have words too, and a mistake of ours has none', () => {
    const refused = new Refused(429, 'rate.limited', undefined, 'req_1', 7);
    expect(complaintOf(refused)).toMatchObject({ code: 'rate.limited', next: 'wait', retryAfterSeconds: 7 });
    expect(complaintOf(new Away('gone'))).toMatchObject({ code: null, next: 'try-again' });
    expect(() => complaintOf(new TypeError('ours'))).toThrow('ours');
  });
});

describe('a verdict', () => {
  it.each(Object.keys(VERDICTS))(
    '%s differs from every other by its sign and by its name, not by colour alone',
    (code) => {
      const own = VERDICT_WORDS[code as keyof typeof VERDICT_WORDS];
      const others = Object.entries(VERDICT_WORDS).flatMap(([other, words]) => (other === code ? [] : [words]));
      expect(others.map(({ sign }) => sign)).not.toContain(own.sign);
      expect(others.map(({ name }) => name)).not.toContain(own.name);
    },
  );

  it('that costs nothing says so', () => {
    for (const [code, { charged, solved }] of Object.entries(VERDICTS))
      if (!charged && !solved) expect(VERDICT_WORDS[code as 'CE'].remark).toContain('no penalty');
  });
});

describe('an event', () => {
  it('is told with names, and to whom it happened as “You”', () => {
    const told = (event: Partial<RoomEvent>, me: string) =>
      sayEvent({ roomId: 'room_1', seq: 1, at: 0, ...event } as RoomEvent, me as 'user_', () => 'Somebody else');
    const joined = { type: 'player.joined', data: { userId: BEN.userId, name: 'Ben', seat: 2, guest: true } } as const;
    expect([told(joined, ANN.userId), told(joined, BEN.userId)]).toEqual(['Ben joined', 'You joined']);
    const ended = { type: 'contest.ended', data: { endedAt: 5, reason: 'resign', by: BEN.userId } } as const;
    expect(told(ended, BEN.userId)).toBe('You resigned');
    expect(told(ended, ANN.userId)).toBe('Somebody else resigned');
  });

  it('of whatever duel has words', () => {
    fc.assert(
      fc.property(anyStory, (story) => {
        for (const event of play(story).log) expect(sayEvent(event, ANN.userId, () => 'Ben')).toMatch(/^\S.*\S$/);
      }),
      { numRuns: 50 },
    );
  });
});
