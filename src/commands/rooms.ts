import { RoomOperations } from '../admin/room-operations';
import { Activity } from '../auth/activity';
import { Refusal } from '../contract/refusals';
import type { RoomId } from '../contract/terms';
import { readRoomCode } from '../new-id';
import { RoomService } from '../rooms/room.service';
import { AuditStore, CLI } from '../store/audit.store';
import { RoomListStore } from '../store/room-list.store';
import { RoomStore } from '../store/room.store';
import { UserStore } from '../store/user.store';
import { type Answer, Failure } from './answer';
import { withStore } from './store';

/** Closes a room; who follows it on a running server hears of it with its next comparison of positions. */
export function closeRoom(given: string): Promise<Answer> {
  return withStore(async ({ db, clock, bus }) => {
    const store = new RoomStore(db, clock);
    const roomId = await roomOf(store, given);
    const service = new RoomService(store, bus, clock, new Activity(clock, store));
    const [audit, list, users] = [new AuditStore(db, clock), new RoomListStore(db), new UserStore(db, clock)];
    const happened = await new RoomOperations(service, audit, list, users).close(roomId, CLI);
    const text = happened.length > 0 ? `Room ${roomId}: ${happened.join(', ')}.` : `Room ${roomId} was closed already.`;
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
