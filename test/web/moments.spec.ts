import type { Phase } from '../../src/core/room';
import { bannerText } from '../../web/words/connection';
import { closedText, lobbyTitle, noRunText, noSubmissionsText, overText } from '../../web/words/room';
import { passedText } from '../../web/words/verdicts';

const PHASES: readonly Phase[] = ['lobby', 'countdown', 'running', 'judging', 'final', 'cancelled'];
const AFTER: readonly Phase[] = ['judging', 'final'];

describe('what is said while a contest runs', () => {
  it.each(AFTER)('is not said any more when it is %s', (phase) => {
    expect([noSubmissionsText('running'), noRunText('running', false)].join()).toMatch(/yet.*Run/);
    expect([noSubmissionsText(phase), noRunText(phase, true)].join()).not.toMatch(/yet|Run /);
  });

  it('of the clock is said to everybody, and of code to whoever writes some', () => {
    const says = (about: RegExp, part: 'player' | 'spectator') =>
      PHASES.filter((phase) => about.test(bannerText('reconnecting', phase, part)));
    expect(says(/clock/, 'player')).toEqual(['running']);
    expect(says(/clock/, 'spectator')).toEqual(['running']);
    expect(says(/code/, 'player')).toEqual(['running', 'judging']);
    expect(says(/code/, 'spectator')).toEqual([]);
  });

  it('of a restart is what becomes of the reader’s things', () => {
    expect(bannerText('restarting', 'running', 'player')).toContain('What you submitted is kept.');
    expect(bannerText('restarting', 'running', 'spectator')).toBe('The server is restarting.');
    expect(bannerText('restarting', 'lobby', 'player')).toMatch(/^The server is restarting\. This page goes on/);
  });

  it('is over for the reason it is', () => {
    const texts = ([null, 'time', 'resign', 'host'] as const).map((endReason) => overText({ endReason }));
    expect(texts).toEqual(['Time is up', 'Time is up', 'The duel is over', 'The duel is over']);
  });
});

describe('a lobby', () => {
  it('asks players for an opponent, referees for players, and spectators for nothing', () => {
    const titles = (part: 'player' | 'referee' | 'spectator') => [0, 1, 2].map((count) => lobbyTitle(part, count));
    expect(titles('player')).toEqual(['Invite your opponent', 'Invite your opponent', 'Get ready']);
    expect(titles('referee').slice(0, 2)).toEqual(['Invite two players', 'Invite the second player']);
    expect(titles('spectator').join()).not.toMatch(/Invite|Get ready/);
  });

  it('that was closed says why where that is known, and frees nobody who had no seat', () => {
    expect(closedText('The host left, and the room closed', 'player')).toBe(
      'The host left, and the room closed. No duel began in it. Nothing was counted, and you are free for another one.',
    );
    expect(closedText(null, 'spectator')).toBe('It was cancelled before a duel began.');
  });
});

it('tests are counted of how many there are only where that is known', () => {
  expect([passedText(3, 15), passedText(15, 15)]).toEqual(['3 of 15 tests passed', '15 of 15 tests passed']);
  expect([passedText(0, null), passedText(3, null)]).toEqual([
    'Stopped at test 1',
    'Stopped at test 4; all before it passed',
  ]);
});
