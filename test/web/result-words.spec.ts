import type { Settings } from '../../src/contract/shapes';
import type { Person } from '../../src/core/moves';
import { boardAt } from '../../web/core/past-contest';
import { endText, statsText } from '../../web/words/me';
import { ratingText, resultLine, resultOf, signed } from '../../web/words/result';
import { ANN, BEN, MINUTE, runningRoom, SECOND, SUE, type TestRoom } from '../support/room-builder';

type Play = (room: TestRoom) => unknown;

/** The words for a duel that went like this, for somebody who reads of it. */
function wordsOf(play: Play, reader: Person, settings: Partial<Settings> = {}) {
  const room = runningRoom(settings);
  play(room);
  if (room.room.endedAt === null) room.at(room.room.endsAt!).elapse();
  room.close();
  const board = boardAt(room.room);
  return { ...resultOf(room.room, board, reader.userId), line: resultLine(room.room, board) };
}

const twoToOne: Play = (room) => {
  room.pass(MINUTE).solve(ANN, 'A');
  room.pass(MINUTE).solve(BEN, 'A');
  room.pass(MINUTE).solve(ANN, 'B');
};

describe('a result in words', () => {
  it.each<[string, Play, { title: string; why: string; line: string }]>([
    ['more solved', twoToOne, { title: 'You win', why: '2–1 solved', line: 'Ann beat Ben: 2–1 solved.' }],
    [
      'less penalty',
      (room) => {
        room.pass(74 * SECOND).solve(ANN, 'A');
        room.pass(17 * SECOND).solve(BEN, 'A');
      },
      {
        title: 'You win',
        why: '1 solved each, penalty 1:14 against 1:31',
        line: 'Ann beat Ben: 1 solved each, penalty 1:14 against 1:31.',
      },
    ],
    [
      'resigned',
      (room) => room.pass(MINUTE).resign(BEN),
      { title: 'You win', why: 'Ben resigned', line: 'Ann beat Ben: Ben resigned.' },
    ],
    [
      'nothing',
      () => undefined,
      { title: 'A draw', why: 'Nobody solved a problem', line: 'Ann and Ben: Nobody solved a problem.' },
    ],
  ])('says who and why: %s', (_, play, words) => {
    expect(wordsOf(play, ANN)).toEqual(words);
  });

  it('names the winner to the others, and tells who was not there by name alone', () => {
    expect(wordsOf(twoToOne, BEN).title).toBe('Ann wins');
    expect(wordsOf(twoToOne, SUE).title).toBe('Ann wins');
    expect(wordsOf((room) => room.resign(ANN), ANN).line).toBe('Ben beat Ann: Ann resigned.');
  });
});

describe('what a duel left', () => {
  it('shows a change with its sign, also none', () => {
    expect([signed(12), signed(-7), signed(0)]).toEqual(['+12', '−7', '±0']);
    expect(ratingText({ ratingBefore: 1499.6, ratingAfter: 1511.4 })).toBe('1500 → 1511 (+11)');
  });

  it('says how it ended from one’s own side', () => {
    expect(endText({ reason: 'resign', outcome: 'win' })).toBe('by resignation');
    expect(endText({ reason: 'resign', outcome: 'loss' })).toBe('you resigned');
    expect(endText({ reason: 'time', outcome: 'loss' })).toBe('');
  });

  it('has dashes for figures that are not there', () => {
    const none = { contests: 0, wins: 0, losses: 0, draws: 0, solved: 0, winRate: null, rating: 1500 };
    expect(statsText(none)).toContainEqual(['Win rate', '–']);
    expect(new Set(statsText(null).map(([, value]) => value))).toEqual(new Set(['–']));
    expect(statsText({ ...none, contests: 3, wins: 2, winRate: 2 / 3 })).toContainEqual(['Win rate', '67 %']);
  });
});
