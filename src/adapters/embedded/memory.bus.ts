import { EventEmitter } from 'node:events';
import type { RoomId, UserId } from '../../contract/terms';
import { RoomBus, type Attendance, type BusState, type PersonalNotice, type PublishedEvent } from '../../ports';

/** The bus of a single process. Listeners hear in the order of publishing, after the publisher has gone on. */
export class MemoryRoomBus extends RoomBus {
  private readonly rooms = new EventEmitter<Record<RoomId, [PublishedEvent]>>().setMaxListeners(0);
  private readonly people = new EventEmitter<Record<UserId, [PersonalNotice]>>().setMaxListeners(0);
  private readonly attendances = new EventEmitter<{ said: [Attendance] }>();

  publish(event: PublishedEvent): void {
    setImmediate(() => this.deliver(event));
  }

  /** At once: for what comes from elsewhere, and so keeps no publisher waiting. */
  deliver(event: PublishedEvent): void {
    this.rooms.emit(event.roomId, event);
  }

  subscribe(roomId: RoomId, listener: (event: PublishedEvent) => void): Promise<() => void> {
    this.rooms.on(roomId, listener);
    return Promise.resolve(() => this.rooms.off(roomId, listener));
  }

  tell(userId: UserId, notice: PersonalNotice): void {
    setImmediate(() => this.people.emit(userId, notice));
  }

  listen(userId: UserId, listener: (notice: PersonalNotice) => void): Promise<() => void> {
    this.people.on(userId, listener);
    return Promise.resolve(() => this.people.off(userId, listener));
  }

  attend(attendance: Attendance): void {
    setImmediate(() => this.attendances.emit('said', attendance));
  }

  onAttendance(listener: (attendance: Attendance) => void): void {
    this.attendances.on('said', listener);
  }

  onGap(): void {
    // Nothing is ever missed.
  }

  state(): BusState {
    return { connected: true, says: 'in this process' };
  }

  close(): Promise<void> {
    this.attendances.removeAllListeners();
    this.rooms.removeAllListeners();
    this.people.removeAllListeners();
    return Promise.resolve();
  }
}
