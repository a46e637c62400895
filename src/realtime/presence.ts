import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import type { Instant, RoomId, UserId } from '../contract/terms';
import { GONE_MS } from '../core/moves';
import { Clock } from '../ports';

type PresenceState = 'online' | 'away' | 'offline';
interface Presence {
  readonly roomId: RoomId;
  readonly userId: UserId;
  readonly state: PresenceState;
  readonly since: Instant;
}
interface Entry {
  tabs: number;
  state: PresenceState;
  since: Instant;
}

const LOOK_MS = 2_000;

/**
 * Who is there in each room. Several tabs are one person; somebody whose last tab went is away, and
 * after a minute offline, which is when the rules call him gone.
 */
@Injectable()
export class PresenceBoard {
  private readonly rooms = new Map<RoomId, Map<UserId, Entry>>();
  private readonly listeners = new Map<RoomId, Set<(presence: Presence) => void>>();

  constructor(private readonly clock: Clock) {}

  /** A tab that follows a room: it hears of everybody there, and everybody of it. Returns what ends it. */
  enter(roomId: RoomId, userId: UserId, listener: (presence: Presence) => void): () => void {
    const people = this.rooms.get(roomId) ?? new Map<UserId, Entry>();
    this.rooms.set(roomId, people);
    for (const [other, { state, since }] of people) listener({ roomId, userId: other, state, since });
    const listeners = this.listeners.get(roomId) ?? new Set();
    this.listeners.set(roomId, listeners.add(listener));
    const entry = people.get(userId) ?? { tabs: 0, state: 'offline' as const, since: 0 };
    people.set(userId, entry);
    entry.tabs += 1;
    this.become(roomId, userId, entry, 'online');
    let inside = true;
    return () => {
      if (!inside) return;
      inside = false;
      listeners.delete(listener);
      entry.tabs -= 1;
      if (entry.tabs === 0) this.become(roomId, userId, entry, 'away');
    };
  }

  /** Who has been away for a minute is gone; a room without listeners is forgotten. */
  @Interval(LOOK_MS)
  look(): void {
    const now = this.clock.now();
    for (const [roomId, people] of this.rooms) {
      for (const [userId, entry] of people) {
        if (entry.state === 'away' && now - entry.since >= GONE_MS) this.become(roomId, userId, entry, 'offline');
      }
      if (this.listeners.get(roomId)?.size === 0 && [...people.values()].every(({ state }) => state === 'offline')) {
        this.rooms.delete(roomId);
        this.listeners.delete(roomId);
      }
    }
  }

  private become(roomId: RoomId, userId: UserId, entry: Entry, state: PresenceState): void {
    if (entry.state === state) return;
    entry.state = state;
    entry.since = this.clock.now();
    for (const listener of this.listeners.get(roomId) ?? []) listener({ roomId, userId, state, since: entry.since });
  }
}
