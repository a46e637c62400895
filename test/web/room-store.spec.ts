import fc from 'fast-check';
import type { SeenEvent } from '../../src/contract/events';
import { phaseOf } from '../../src/core/room';
import { eventFor, roomFor } from '../../src/core/view';
import { RoomStore } from '../../web/core/room-store';
import { anyStory, play } from '../support/random-room';
import { ANN, BEN, SUE, TestRoom } from '../support/room-builder';

const READERS = [
  { reader: ANN, audience: 1 },
  { reader: BEN, audience: 2 },
  { reader: SUE, audience: 'public' },
] as const;

const seenBy = (room: TestRoom, audience: (typeof READERS)[number]['audience']): SeenEvent[] =>
  room.log.map((event) => eventFor(room.room, audience, event));

describe('the room on the screen', () => {
  it('is the room the server would show, however its events came in', () => {
    const shuffles = fc.array(fc.nat({ max: 60 }), { maxLength: 20 });
    fc.assert(
      fc.property(anyStory, fc.constantFrom(...READERS), shuffles, (story, { reader, audience }, cuts) => {
        const room = play({ ...story, settings: { ...story.settings, hostPlays: true } });
        const events = seenBy(room, audience);
        const store = new RoomStore(room.room.id, reader.userId);
        for (const cut of cuts) store.take(events.slice(Math.max(0, cut - 5), cut)); // repeated, and with holes
        expect(store.take(events)).toBe(true);
        const shown = roomFor(room.room, audience);
        expect(roomFor(store.room.value, audience)).toEqual(shown);
        expect(store.seq).toBe(room.room.seq);
        expect(store.phase.value).toBe(phaseOf(room.room));
        expect(store.board.value).toEqual(shown.leaderboard);
      }),
    );
  });

  it('takes nothing past a hole, and says that there is one', () => {
    const room = new TestRoom();
    room.join(BEN);
    room.ready(BEN);
    const events = seenBy(room, 1);
    const store = new RoomStore(room.room.id, ANN.userId);
    expect(store.take(events.slice(0, 1))).toBe(true);
    expect(store.take(events.slice(2))).toBe(false);
    expect(store.seq).toBe(1);
    expect(store.take(events)).toBe(true);
    expect(store.seq).toBe(events.length);
  });

  it('tells each event once, in order, after the room has become what it made of it', () => {
    const room = new TestRoom();
    room.join(BEN);
    const events = seenBy(room, 1);
    const store = new RoomStore(room.room.id, ANN.userId);
    const heard: unknown[] = [];
    store.onEvent(({ type }) => heard.push([type, store.room.value.players.length]));
    for (let time = 0; time < 2; time += 1) store.take(events);
    expect(heard.map((one) => (one as string[])[0])).toEqual(events.map((event) => 'type' in event && event.type));
    expect(heard.at(-1)).toEqual(['player.joined', 2]);
  });

  it('knows since when somebody is gone, whether it saw him go or not', () => {
    const store = new RoomStore('room_1', ANN.userId);
    const since = () => store.presence.value.get(BEN.userId)?.since;
    store.isThere(BEN.userId, { state: 'away', since: 100_000 });
    store.isThere(BEN.userId, { state: 'offline', since: 161_000 });
    expect(since()).toBe(100_000);
    store.isThere(BEN.userId, { state: 'online', since: 170_000 });
    expect(since()).toBe(170_000);
    store.isThere(BEN.userId, { state: 'offline', since: 300_000 });
    expect(since()).toBe(240_000);
  });

  it('goes on from a snapshot as from the events before it', () => {
    const room = new TestRoom();
    room.join(BEN);
    const events = seenBy(room, 2);
    const snapshot = roomFor(room.room, 2);
    room.ready(BEN);
    const store = new RoomStore(room.room.id, BEN.userId);
    store.restart(snapshot, events.length);
    expect(store.take(seenBy(room, 2))).toBe(true);
    expect(store.me.value).toMatchObject({ name: 'Ben', ready: true });
    store.restart(snapshot, events.length); // an old one changes nothing
    expect(store.me.value).toMatchObject({ ready: true });
  });
});
