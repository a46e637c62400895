import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import type { Instant, RoomId, UserId } from '../contract/terms';
import { GONE_MS } from '../core/moves';
import { Clock, RoomBus } from '../ports';
import { Elsewhere } from './elsewhere';

type PresenceState = 'online' | 'away' | 'offline';
interface Presence {
  readonly roomId: RoomId;
  readonly userId: UserId;
  readonly state: PresenceState;
  readonly since: Instant;
}
interface Entry {
  /** Through this process. */
  tabs: number;
  state: PresenceState;
  since: Instant;
}
interface Attended {
  readonly people: Map<UserId, Entry>;
  readonly listeners: Set<(presence: Presence) => void>;
}

const LOOK_MS = 2_000;
const REPEAT_MS = 4_000;

/**
 * Who is there in each room. Several tabs, through whatever processes, are one person; somebody whose
 * last tab went is away, and after a minute offline, which is when the rules call him gone. Processes
 * tell each other whom they have when that changes, and again every few seconds: what got lost is made
 * good, and who was connected to one that died is away within seconds.
 */
@Injectable()
export class PresenceBoard {
  private readonly process = randomUUID();
  private readonly rooms = new Map<RoomId, Attended>();
  private readonly elsewhere = new Elsewhere();
  private changed = new Set<RoomId>();

  constructor(
    private readonly clock: Clock,
    private readonly bus: RoomBus,
  ) {
    bus.onAttendance((attendance) => {
      if (attendance.process === this.process) return;
      for (const roomId of this.elsewhere.hear(attendance, clock.now())) this.merge(roomId);
    });
  }

  /** A tab that follows a room: it hears of everybody there, and everybody of it. Returns what ends it. */
  enter(roomId: RoomId, userId: UserId, listener: (presence: Presence) => void): () => void {
    const { people, listeners } = this.rooms.get(roomId) ?? this.open(roomId);
    for (const [other, { state, since }] of people) listener({ roomId, userId: other, state, since });
    listeners.add(listener);
    const entry = entryOf(people, userId);
    entry.tabs += 1;
    if (entry.tabs === 1) this.tellSoon(roomId);
    this.become(roomId, userId, entry, 'online');
    let inside = true;
    return () => {
      if (!inside) return;
      inside = false;
      listeners.delete(listener);
      entry.tabs -= 1;
      if (entry.tabs === 0) this.tellSoon(roomId);
      this.merge(roomId);
    };
  }

  /** Who has been away for a minute is gone; a room without listeners is forgotten. */
  @Interval(LOOK_MS)
  look(): void {
    const now = this.clock.now();
    for (const roomId of this.elsewhere.expire(now)) this.merge(roomId);
    for (const [roomId, { people, listeners }] of this.rooms) {
      for (const [userId, entry] of people) {
        if (entry.state === 'away' && now - entry.since >= GONE_MS) this.become(roomId, userId, entry, 'offline');
      }
      if (listeners.size === 0 && [...people.values()].every(({ tabs, state }) => tabs === 0 && state !== 'away'))
        this.rooms.delete(roomId);
    }
  }

  /** What others may have missed. */
  @Interval(REPEAT_MS)
  repeat(): void {
    this.tell([...this.rooms.keys()], true);
  }

  private open(roomId: RoomId): Attended {
    const opened: Attended = { people: new Map(), listeners: new Set() };
    this.rooms.set(roomId, opened);
    this.merge(roomId);
    return opened;
  }

  /** Whoever has a tab somewhere is online; whoever has none any more is away. */
  private merge(roomId: RoomId): void {
    const room = this.rooms.get(roomId);
    if (!room) return;
    const others = this.elsewhere.peopleIn(roomId);
    for (const userId of others) entryOf(room.people, userId);
    for (const [userId, entry] of room.people) {
      if (entry.tabs > 0 || others.has(userId)) this.become(roomId, userId, entry, 'online');
      else if (entry.state === 'online') this.become(roomId, userId, entry, 'away');
    }
  }

  private become(roomId: RoomId, userId: UserId, entry: Entry, state: PresenceState): void {
    if (entry.state === state) return;
    entry.state = state;
    entry.since = this.clock.now();
    for (const listener of this.rooms.get(roomId)?.listeners ?? [])
      listener({ roomId, userId, state, since: entry.since });
  }

  /** What changes at once is told at once. */
  private tellSoon(roomId: RoomId): void {
    if (this.changed.size === 0)
      setImmediate(() => {
        const rooms = [...this.changed];
        this.changed = new Set();
        this.tell(rooms, false);
      });
    this.changed.add(roomId);
  }

  private tell(rooms: readonly RoomId[], whole: boolean): void {
    const here = (roomId: RoomId) =>
      [...(this.rooms.get(roomId)?.people ?? [])].flatMap(([userId, { tabs }]) => (tabs > 0 ? [userId] : []));
    const present = Object.fromEntries(rooms.map((roomId) => [roomId, here(roomId)]));
    this.bus.attend({ process: this.process, whole, present });
  }
}

function entryOf(people: Map<UserId, Entry>, userId: UserId): Entry {
  const entry = people.get(userId) ?? { tabs: 0, state: 'offline' as const, since: 0 };
  people.set(userId, entry);
  return entry;
}
