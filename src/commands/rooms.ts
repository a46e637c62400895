import { MemoryRoomBus } from '../adapters/embedded/memory.bus';
import { Activity } from '../auth/activity';
import { Refusal } from '../contract/refusals';
import type { RoomId } from '../contract/terms';
import { readRoomCode } from '../new-id';
import { RoomService } from '../rooms/room.service';
import { RoomStore } from '../store/room.store';
import { type Answer, Failure } from './answer';
import { withStore } from './store';

/** Closes a room; who follows it on a running server hears of it with its next comparison of positions. */
export function closeRoom(given: string): Promise<Answer> {
  return withStore(async ({ db, clock }) => {
    const store = new RoomStore(db, clock);
    const roomId = await roomOf(store, given);
    const service = new RoomService(store, new MemoryRoomBus(), clock, new Activity(clock, store));
    const events = await service.dispatch(roomId, { do: 'close' });
    const happened = events.map(({ type }) => type);
    const text = events.length > 0 ? `Room ${roomId}: ${happened.join(', ')}.` : `Room ${roomId} was closed already.`;
    return { json: { roomId, events: happened }, text };
  });
}

/** By id, or by the code players type. @throws {Failure} */
export async function roomOf(store: RoomStore, given: string): Promise<RoomId> {
  try {
    return given.startsWith('room_')
      ? (await store.get(given as RoomId)).room.id
      : await store.byCode(readRoomCode(given));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new Failure(`There is no room ${given}.`);
  }
}
