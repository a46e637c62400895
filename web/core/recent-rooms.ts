import type { RoomId } from '../../src/contract/terms';

interface RecentRoom {
  readonly roomId: RoomId;
  readonly code: string;
  readonly password: string | null;
  /** Visited without a seat. */
  readonly watched?: boolean;
  readonly visitedAt: number;
}

const KEY = 'joust:rooms';
const MOST = 10;

/** The rooms visited on this device, the latest first. */
export function recentRooms(storage: Storage): readonly RecentRoom[] {
  return JSON.parse(storage.getItem(KEY) ?? '[]') as RecentRoom[];
}

export function rememberRoom(storage: Storage, room: RecentRoom): void {
  const others = recentRooms(storage).filter(({ roomId }) => roomId !== room.roomId);
  storage.setItem(KEY, JSON.stringify([room, ...others].slice(0, MOST)));
}
