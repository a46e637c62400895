import { Injectable } from '@nestjs/common';
import type { EventType } from '../contract/events';
import type { RoomId } from '../contract/terms';
import { RoomService } from '../rooms/room.service';
import { AuditStore, type Actor } from '../store/audit.store';
import { RoomListStore } from '../store/room-list.store';
import type { Alongside } from '../store/room.store';
import { UserStore } from '../store/user.store';

const ROOMS_AT_ONCE = 4;
const BATCH = 500;

/** What an operator does to rooms, through the same door as everybody else, and noted with it. */
@Injectable()
export class RoomOperations {
  constructor(
    private readonly rooms: RoomService,
    private readonly audit: AuditStore,
    private readonly list: RoomListStore,
    private readonly users: UserStore,
  ) {}

  /** Closes a room. What happened by it: nothing where it was closed already. @throws {Refusal} room.not-found */
  async close(roomId: RoomId, actor: Actor, reason: string | null = null): Promise<EventType[]> {
    const note: Alongside = (tx, events) => {
      const detail = { reason, happened: events.map(({ type }) => type) };
      return this.audit.note(tx, actor, { action: 'room.close', subject: roomId, detail });
    };
    const events = await this.rooms.dispatch(roomId, { do: 'close' }, note, actor.requestId);
    return events.map(({ type }) => type);
  }

  /** Tells everybody in a room something. @throws {Refusal} room.not-found */
  async announce(roomId: RoomId, text: string, actor: Actor): Promise<void> {
    const note: Alongside = (tx) =>
      this.audit.note(tx, actor, { action: 'room.announce', subject: roomId, detail: { text } });
    await this.rooms.dispatch(roomId, { do: 'announce', text }, note, actor.requestId);
  }

  /** Tells it to all that are live when it comes to them, a few at a time; how many there were. Noted before the first is told. */
  async announceToAll(text: string, actor: Actor): Promise<number> {
    const entry = { action: 'rooms.announce', subject: 'all', detail: { text } };
    await this.users.change((tx) => this.audit.note(tx, actor, entry));
    let told = 0;
    for (let batch = await this.list.live(null, BATCH); batch.length > 0;) {
      const waiting = batch.map(({ id }) => id);
      const tell = async () => {
        for (let id = waiting.shift(); id; id = waiting.shift())
          await this.rooms.dispatch(id, { do: 'announce', text }, undefined, actor.requestId);
      };
      await Promise.all(Array.from({ length: ROOMS_AT_ONCE }, tell));
      told += batch.length;
      const { openedAt, id } = batch.at(-1)!;
      batch = await this.list.live([openedAt, id], BATCH);
    }
    return told;
  }
}
