import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { RoomEvent } from '../contract/events';
import type { Instant, RoomId, UserId } from '../contract/terms';
import { decide } from '../core/decide';
import { GONE_MS, type Command } from '../core/moves';
import { audienceFor } from '../core/policy';
import { dueAt } from '../core/room';
import type { Audience } from '../core/view';
import { Activity } from '../auth/activity';
import { Clock, RoomBus } from '../ports';
import type { LoadedRoom } from '../store/room.rows';
import type { NewSubmission } from '../store/receipt';
import { RoomStore, type Alongside } from '../store/room.store';
import type { UserRow } from '../store/tables/people';

@Injectable()
export class RoomService {
  /** Nobody is gone for not having reached a server that was down. */
  private readonly upSince: Instant;

  constructor(
    private readonly store: RoomStore,
    private readonly bus: RoomBus,
    private readonly clock: Clock,
    private readonly activity: Activity,
  ) {
    this.upSince = clock.now();
  }

  /**
   * The one door through which a room changes. Host, players, judge and clock all come through here,
   * one at a time; what happened is told to the bus once it is committed.
   *
   * @param command what is asked, or what makes it of the room as it is found under its lock. It reads
   * through the change's own transaction: waiting for a second connection, changes would wait for each other.
   * @param alongside more to write in the same transaction, such as what a judge found.
   * @param requestId what asked for it, for the logs of those who pass it on.
   * @throws {Refusal} when the rules do not allow the command; then nothing is written.
   */
  async dispatch(
    roomId: RoomId,
    command: Command | ((found: LoadedRoom, tx: EntityManager) => Promise<Command>),
    alongside?: Alongside,
    requestId?: string | null,
  ): Promise<RoomEvent[]> {
    const events = await this.store.change(roomId, async (found, now, tx) => {
      const asked = typeof command === 'function' ? await command(found, tx) : command;
      return { happenings: decide(found.room, found.standing, asked, now), ...(alongside && { alongside }) };
    });
    this.announce(events, requestId);
    return events;
  }

  /** The same door for what comes most often: `content` is what is submitted. */
  async receive(content: NewSubmission): Promise<RoomEvent[]> {
    const { id: submissionId, userId: by, label: problem, language } = content;
    const command = { do: 'submit', by, submissionId, problem, language } as const;
    const events = await this.store.receive(content, (room, standing, now) => decide(room, standing, command, now));
    this.announce(events, content.requestId);
    return events;
  }

  announce(events: readonly RoomEvent[], requestId?: string | null): void {
    for (const event of events) this.bus.publish(requestId ? { ...event, requestId } : event);
  }

  /** The room as it stands now: if time has made something happen that nobody has noted, that comes first. */
  async current(roomId: RoomId): Promise<LoadedRoom> {
    const found = await this.store.get(roomId);
    const due = dueAt(found.room);
    if (due === null || this.clock.now() < due) return found;
    await this.dispatch(roomId, { do: 'elapse' });
    return this.store.get(roomId);
  }

  /** The room as it stands, for somebody who may see it. @throws {Refusal} room.not-found, to everybody else */
  async seenBy(user: UserRow, roomId: RoomId): Promise<LoadedRoom & { readonly audience: Audience }> {
    const found = await this.current(roomId);
    return { ...found, audience: audienceFor(found.room, found.standing, await this.store.readerOf(user)) };
  }

  /** The players of a room who are gone; while this process has not been up that long, nobody is. */
  async gone(roomId: RoomId): Promise<ReadonlySet<UserId>> {
    await this.activity.flush();
    const { seenAt } = await this.store.get(roomId);
    const since = this.clock.now() - GONE_MS;
    const gone = [...seenAt].filter(([, at]) => Math.max(at, this.upSince) <= since);
    return new Set(gone.map(([userId]) => userId));
  }
}
