import type { Instant, RoomId } from './terms';

/** An event as a room's log holds it. Within a room, seq is 1, 2, 3 … without a gap. */
export interface RoomEvent {
  readonly roomId: RoomId;
  readonly seq: number;
  readonly at: Instant;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}
