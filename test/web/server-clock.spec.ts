import { clockText, durationText, ServerClock, untilNextTick } from '../../web/core/server-clock';

/** A machine whose clocks a test moves. */
function machine() {
  const at = { steady: 1_000, wall: 500_000 };
  const pass = (ms: number) => {
    at.steady += ms;
    at.wall += ms;
  };
  const sleep = (ms: number) => (at.wall += ms);
  return { clock: new ServerClock({ steady: () => at.steady, wall: () => at.wall }), at, pass, sleep };
}

describe('the server’s clock, as a page knows it', () => {
  it('is the wall’s before anybody was asked', () => {
    expect(machine().clock.now()).toBe(500_000);
  });

  it('believes the answer with the shortest way', () => {
    const { clock, at, pass } = machine();
    clock.begin();
    for (const [there, back] of [
      [400, 20],
      [10, 12],
      [5, 300],
    ] as const) {
      const askedAt = at.steady;
      pass(there);
      const serverNow = at.wall + 60_000;
      pass(back);
      clock.answered(serverNow, askedAt);
    }
    expect(clock.tripMs).toBe(22);
    expect(Math.abs(clock.now() - (at.wall + 60_000))).toBeLessThanOrEqual(1);
  });

  it('goes on while nothing is asked, whatever somebody does to the wall’s', () => {
    const { clock, at, pass } = machine();
    clock.answered(700_000, at.steady);
    at.wall += 900;
    pass(5_000);
    expect(clock.slept()).toBe(false);
    expect(clock.now()).toBe(705_000);
  });

  it('is right at once when a laptop wakes up', () => {
    const { clock, at, pass, sleep } = machine();
    clock.answered(700_000, at.steady);
    clock.begin();
    pass(1_000);
    sleep(3_600_000);
    expect(clock.slept()).toBe(true);
    expect(clock.now()).toBe(700_000 + 1_000 + 3_600_000);
    expect(clock.slept()).toBe(false);
  });
});

describe('what a clock shows', () => {
  it.each([
    [1_800_000, '30:00'],
    [1_799_001, '30:00'],
    [3_725_000, '1:02:05'],
    [10_000, '0:10'],
    [9_901, '0:10'],
    [9_900, '9.9'],
    [9_400, '9.4'],
    [1, '0.1'],
    [0, '0:00'],
    [-5, '0:00'],
  ])('%i ms is %s', (left, text) => {
    expect(clockText(left)).toBe(text);
  });

  it('changes exactly when it is looked at again', () => {
    for (const left of [65_432, 65_000, 10_001, 10_000, 9_876, 900]) {
      const wait = untilNextTick(left);
      expect(clockText(left - wait + 0.5)).toBe(clockText(left));
      expect(clockText(left - wait)).not.toBe(clockText(left));
    }
  });

  it('says durations as people do', () => {
    expect([0, 65, 3_600].map(durationText)).toEqual(['0:00', '1:05', '1:00:00']);
  });
});
