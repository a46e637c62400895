import fc from 'fast-check';
import { bucketed, topOf } from '../../web/core/buckets';
import { scopeText } from '../../web/words/admin';

const HOUR = 3_600_000;
const hours = (count: number, value = 1) => Array.from({ length: count }, (_, at) => ({ at: at * HOUR, value }));

describe('a plot', () => {
  it('shows hours one by one, and days where there are more than three days of them', () => {
    expect(bucketed(hours(72))).toMatchObject({ unit: 'hour', buckets: { length: 72 } });
    expect(bucketed(hours(73))).toMatchObject({ unit: 'day', buckets: { length: 4 } });
    expect(bucketed(hours(73)).buckets.map(({ value }) => value)).toEqual([24, 24, 24, 1]);
    expect([topOf([]), topOf(hours(3, 0)), topOf(hours(3, 7))]).toEqual([1, 1, 7]);
  });

  it('loses nothing and makes nothing up, in order, whatever order it is given in', () => {
    const some = fc.array(fc.record({ at: fc.nat({ max: 2_000 }).map((at) => at * HOUR), value: fc.nat(50) }));
    fc.assert(
      fc.property(some, (given) => {
        const { buckets } = bucketed(given);
        const sum = (list: readonly { value: number }[]) => list.reduce((total, { value }) => total + value, 0);
        expect(sum(buckets)).toBe(sum(given));
        expect(buckets.map(({ at }) => at)).toEqual(buckets.map(({ at }) => at).toSorted((a, b) => a - b));
      }),
    );
  });
});

describe('what a rejudge would touch', () => {
  const scope = {
    submissions: 3,
    rooms: 2,
    openRooms: 1,
    finalRooms: 1,
    verdicts: [{ verdict: 'WA', count: 3 }],
  } as const;
  it('is said with what can still change and what cannot', () => {
    expect(scopeText(scope)).toBe(
      '3 submissions in 2 rooms (now 3 WA). 1 contest is not over: new verdicts can decide. 1 is final: boards may change, winners stay.',
    );
  });
  it('is nothing where there is nothing', () => {
    const none = { ...scope, submissions: 0, rooms: 0, openRooms: 0, finalRooms: 0, verdicts: [] };
    expect(scopeText(none)).toMatch(/^Nothing/);
  });
});
