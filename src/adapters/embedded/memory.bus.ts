import { EventEmitter } from 'node:events';
import type { RoomEvent } from '../../contract/events';
import type { RoomId, UserId } from '../../contract/terms';
import { RoomBus, type PersonalNotice } from '../../ports';

/** The bus of a single process. Listeners hear in the order of publishing, after the publisher has gone on. */
export class MemoryRoomBus extends RoomBus {
  private readonly emitter = new EventEmitter().setMaxListeners(0);

  publish(event: RoomEvent): void {
    setImmediate(() => this.emitter.emit(event.roomId, event));
  }

  subscribe(roomId: RoomId, listener: (event: RoomEvent) => void): Promise<() => void> {
    return Promise.resolve(this.on(roomId, listener));
  }

  tell(userId: UserId, notice: PersonalNotice): void {
    setImmediate(() => this.emitter.emit(userId, notice));
  }

  listen(userId: UserId, listener: (notice: PersonalNotice) => void): Promise<() => void> {
    return Promise.resolve(this.on(userId, listener));
  }

  close(): Promise<void> {
    this.emitter.removeAllListeners();
    return Promise.resolve();
  }

  private on(channel: RoomId | UserId, listener: (value: never) => void): () => void {
    this.emitter.on(channel, listener);
    return () => this.emitter.off(channel, listener);
  }
}
