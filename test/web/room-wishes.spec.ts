import fc from 'fast-check';
import { OpenRoom } from '../../src/contract/requests';
import { SettingsShape } from '../../src/contract/shapes';
import { DEFAULT_WISHES, faultsOf, moved, settingsOf, type RoomWishes } from '../../web/core/room-wishes';
import { faultText } from '../../web/words/room-wishes';

const wishes = (change: Partial<RoomWishes>): RoomWishes => ({ ...DEFAULT_WISHES, ...change });

const anyFigure = fc.oneof(
  fc.integer({ min: -5, max: 310 }).map(String),
  fc.constantFrom('many', '0.1', '0.05', '2.5', '1e2', 'Infinity', '-0', '300', '300.1'),
);
const anyWishes: fc.Arbitrary<RoomWishes> = fc.record({
  pick: fc.constantFrom('random', 'named'),
  count: anyFigure,
  difficulty: fc.constantFrom('', 'easy', 'hard'),
  tag: fc.constantFrom('', 'dp', 'min cut'),
  slugs: fc.uniqueArray(
    fc.integer({ min: 1, max: 99 }).map((n) => `problem-${n}`),
    { maxLength: 12 },
  ),
  minutes: fc.constantFrom('15', '30', '60', 'own'),
  ownMinutes: anyFigure,
  password: fc.constantFrom('made', 'own', 'none'),
  ownPassword: fc.string({ maxLength: 120 }),
  hostPlays: fc.boolean(),
  penaltyMinutes: anyFigure,
  timePrecision: fc.constantFrom('second', 'minute'),
  opponentView: fc.constantFrom('full', 'solved', 'blind'),
  freezeMinutes: anyFigure,
  onGone: fc.constantFrom('continue', 'claim'),
  spectators: fc.boolean(),
  countdownSeconds: anyFigure,
  languages: fc.uniqueArray(fc.constantFrom('cpp', 'python')),
});

describe('the wishes for a new room', () => {
  it('are by default what the server does anyway', () => {
    expect(faultsOf(DEFAULT_WISHES)).toEqual({});
    expect(settingsOf(DEFAULT_WISHES)).toEqual(SettingsShape.parse({}));
  });

  it('that are all filled in are taken by the server if and only if nothing is wrong with them', () => {
    fc.assert(
      fc.property(anyWishes, (entered) => {
        const isGood = Object.keys(faultsOf(entered)).length === 0;
        expect(OpenRoom.safeParse({ settings: settingsOf(entered) }).success).toBe(isGood);
      }),
      { numRuns: 500 },
    );
  });

  it.each<[string, Partial<RoomWishes>, keyof RoomWishes, string]>([
    ['nothing', { penaltyMinutes: ' ' }, 'penaltyMinutes', 'Enter a number.'],
    ['no number', { ownMinutes: 'long', minutes: 'own' }, 'ownMinutes', 'Enter a number.'],
    ['too long', { ownMinutes: '301', minutes: 'own' }, 'ownMinutes', 'Enter a number from 0.1 to 300.'],
    ['half a problem', { count: '2.5' }, 'count', 'Enter a whole number.'],
    ['no problem', { pick: 'named' }, 'slugs', 'Choose at least one problem.'],
    ['no password', { password: 'own' }, 'ownPassword', 'Enter the password, or choose another way.'],
    [
      'all frozen and more',
      { minutes: '15', freezeMinutes: '16' },
      'freezeMinutes',
      'The freeze cannot be longer than the duel.',
    ],
  ])('say in words what is wrong: %s', (_, change, field, text) => {
    const faults = faultsOf(wishes(change));
    expect(Object.keys(faults)).toEqual([field]);
    expect(faultText(faults[field]!)).toBe(text);
  });

  it('pass over what is not in use', () => {
    expect(faultsOf(wishes({ ownMinutes: 'x', ownPassword: '' }))).toEqual({});
    expect(faultsOf(wishes({ pick: 'named', slugs: ['a-plus-b'], count: 'x' }))).toEqual({});
  });

  it('put problems into an order', () => {
    expect(moved(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c']);
    expect(moved(['a', 'b'], 0, -1)).toEqual(['a', 'b']);
    expect(moved(['a', 'b'], 1, 1)).toEqual(['a', 'b']);
  });
});
