import fc from 'fast-check';
import type { RoomEvent } from '../../src/contract/events';
import { fromWire, toWire } from '../../src/contract/wire';
import { evolve, unopened, type Room, type SeenRoom } from '../../src/core/room';
import { AUDIENCES, eventFor, roomFor, type Audience } from '../../src/core/view';
import { anyStory, play } from '../support/random-room';
import { history, heardLive } from '../support/reader';
import { OPENED } from '../support/room-builder';

/** What a client holds after a value has travelled to it. */
const travelled = <T>(value: T): T => fromWire(JSON.parse(JSON.stringify(toWire(value)))) as T;

/** A client's room, made from the snapshot it got. */
const held = (snapshot: SeenRoom, seq: number): Room => ({ ...travelled(snapshot), seq, lastAt: OPENED, picked: [] });

const heard = (stage: Room, audience: Audience, event: RoomEvent) => travelled(eventFor(stage, audience, event));

const stories = fc.property(anyStory, fc.nat(), fc.nat(), (story, one, other) => {
  const test = play(story);
  const rooms = history(test);
  const ends = test.batches.map((batch) => batch.at(-1)!.seq);
  const [n, m] = [ends[one % ends.length]!, ends[other % ends.length]!].toSorted((a, b) => a - b) as [number, number];
  for (const audience of AUDIENCES) {
    const shown = rooms.map((room) => roomFor(room, audience));
    const live = heardLive(test, audience).map(({ event }) => travelled(event));

    // Who listened from the first event on holds at every position what he would be shown there.
    let client = unopened(test.room.id);
    for (const event of live) {
      client = evolve(client, event);
      expect(roomFor(client, audience)).toEqual(shown[event.seq]);
    }

    // Snapshot at n plus events n+1 … m is the snapshot at m, heard live or read later in one go.
    const start = held(shown[n]!, n);
    const later = test.log.slice(n, m).map((event) => heard(rooms[m]!, audience, event));
    expect(roomFor(live.slice(n, m).reduce(evolve, start), audience)).toEqual(shown[m]);
    expect(roomFor(later.reduce(evolve, start), audience)).toEqual(shown[m]);

    // The log read again in the end, from the first event, tells the same room as the end itself.
    const again = test.log.map((event) => heard(test.room, audience, event));
    expect(roomFor(again.reduce(evolve, unopened(test.room.id)), audience)).toEqual(shown.at(-1));
  }
});

describe('what a reader holds', () => {
  it('is what he would be shown, at every position, however he came by it', () => {
    fc.assert(stories, { numRuns: 250 });
  });
});
