import { SystemClock } from '../../src/adapters/embedded/system.clock';
import type { Clock } from '../../src/ports';
import { TravelClock } from '../support/travel-clock';

const IMPLEMENTATIONS: readonly { readonly name: string; readonly open: () => Clock }[] = [
  { name: 'SystemClock', open: () => new SystemClock() },
  { name: 'TravelClock', open: () => new TravelClock() },
];

describe.each(IMPLEMENTATIONS)('$name', ({ open }) => {
  it('tells whole milliseconds since the epoch, which a moment of the contract can hold', () => {
    const now = open().now();
    expect(Number.isSafeInteger(now)).toBe(true);
    expect(new Date(now).toISOString()).toMatch(/^20\d\d-/);
  });
});

it('the clock of the server is the one on the wall', () => {
  const before = Date.now();
  const now = new SystemClock().now();
  expect(now).toBeGreaterThanOrEqual(before);
  expect(now).toBeLessThanOrEqual(Date.now());
});
