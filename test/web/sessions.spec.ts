import { deviceText, lastUsedText } from '../../web/words/sessions';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('when a session was last used', () => {
  it.each([
    ['just now', 0, 'Used within the last 15 minutes'],
    ['in the future, by a clock that is wrong', -HOUR, 'Used within the last 15 minutes'],
    ['all but a quarter of an hour ago', 15 * MINUTE - 1, 'Used within the last 15 minutes'],
    ['a quarter of an hour ago', 15 * MINUTE, 'Last used 15 minutes ago'],
    ['all but an hour ago', HOUR - 1, 'Last used 59 minutes ago'],
    ['an hour ago', HOUR, 'Last used 1 hour ago'],
    ['all but a day ago', 24 * HOUR - 1, 'Last used 23 hours ago'],
    ['a month ago', 30 * 24 * HOUR, 'Last used 30 days ago'],
  ])('%s', (_, ago, words) => {
    const now = Date.UTC(2026, 0, 1);
    expect(lastUsedText({ lastSeenAt: now - ago }, now)).toBe(words);
  });

  it('a device without a name has words too', () => {
    expect([deviceText('Edge on Windows'), deviceText(null)]).toEqual(['Edge on Windows', 'An unknown device']);
  });
});
