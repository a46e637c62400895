import fc from 'fast-check';
import { z } from 'zod';
import { EVENTS, SeenEventShape } from '../../src/contract/events';
import { RoomShape } from '../../src/contract/shapes';
import { fromWire, toWire } from '../../src/contract/wire';
import { AUDIENCES, eventFor, roomFor } from '../../src/core/view';
import { anyStory, play } from '../support/random-room';

const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('what travels', () => {
  it('comes back as it left, and says what the contract says and nothing else', () => {
    fc.assert(
      fc.property(anyStory, (story) => {
        const { room, log } = play(story);
        for (const audience of AUDIENCES) {
          const shown = roomFor(room, audience);
          const sent = asJson(toWire(shown));
          expect(fromWire(sent)).toEqual(shown);
          expect(RoomShape.parse(sent)).toEqual(sent);

          for (const event of log) {
            const seen = eventFor(room, audience, event);
            const wire = asJson(toWire(seen));
            expect(fromWire(wire)).toEqual(seen);
            const { data, ...frame } = SeenEventShape.parse(wire) as { data?: unknown };
            if (!('type' in seen)) expect(frame).toEqual(wire);
            else expect(z.object(EVENTS[seen.type].shape).strict().parse(data)).toEqual(data);
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  it('keeps a moment to the millisecond and leaves everything else alone', () => {
    const inside = { startedAt: 1, endedAt: null, serverNow: 2, solvedAtSeconds: 3, rows: [{ openedAt: 4, rank: 1 }] };
    expect(toWire(inside)).toEqual({
      startedAt: '1970-01-01T00:00:00.001Z',
      endedAt: null,
      serverNow: '1970-01-01T00:00:00.002Z',
      solvedAtSeconds: 3,
      rows: [{ openedAt: '1970-01-01T00:00:00.004Z', rank: 1 }],
    });
    expect(fromWire(toWire(inside))).toEqual(inside);
  });
});
