import type { RoomEvent, SeenEvent } from '../contract/events';
import type { RoomId, UserId } from '../contract/terms';
import { eventFor, roomFor, type Audience, type Stage } from '../core/view';
import type { Room, SeenRoom } from '../core/room';
import type { RoomStore } from '../store/room.store';

/** Somebody who follows a room through this process. */
export interface Follower {
  readonly userId: UserId;
  /** The next event of the room's log, as he may see it. */
  event(event: SeenEvent): void;
  /** Where the log stands. */
  position(roomId: RoomId, seq: number): void;
  /** He is no longer of this room. */
  removed(roomId: RoomId): void;
}

/** A room, and as whom somebody may follow it. */
export interface Found {
  readonly room: Room;
  readonly audience: Audience;
}

/** What a follower who comes at some position is missing. */
export type Missed =
  | { readonly seq: number; readonly events: readonly SeenEvent[] }
  | { readonly seq: number; readonly snapshot: SeenRoom };

/** Beyond this many events a snapshot is the shorter answer. */
const LONGEST_SUFFIX = 500;

/**
 * One room as this process serves it: every follower gets every event, in order and once. The bus is
 * only a hint; whatever it loses, repeats or mixes up is read from the log.
 */
export class RoomChannel {
  readonly roomId: RoomId;
  private readonly hostId: UserId;
  private readonly followers = new Map<Follower, Audience>();
  private stage: Stage;
  /** How far the log has been passed on. */
  private sent: number;
  private turn: Promise<unknown> = Promise.resolve();
  private waiting = 0;
  private coming = 0;

  constructor(
    { room }: Pick<Found, 'room'>,
    private readonly store: RoomStore,
    /** Hears that the log could not be read; the next comparison of positions tries again. */
    private readonly missed: (error: unknown) => void,
  ) {
    this.roomId = room.id;
    this.hostId = room.hostId;
    this.stage = room;
    this.sent = room.seq;
  }

  /** Nobody follows, and nobody is on his way in. */
  get isEmpty(): boolean {
    return this.followers.size === 0 && this.coming === 0;
  }

  /**
   * Lets somebody follow from position `after` on. `answer` is given what he misses before any event
   * reaches him, so that he never sees a hole, a repetition or the wrong order.
   */
  follow(
    follower: Follower,
    after: number | undefined,
    find: () => Promise<Found>,
    answer: (missed: Missed) => void,
  ): Promise<void> {
    this.coming += 1;
    const followed = this.inTurn(async () => {
      const { room, audience } = await find();
      const { seq } = room;
      await this.catchUp(seq);
      if (after !== undefined && after <= seq && seq - after <= LONGEST_SUFFIX) {
        const events = after === seq ? [] : await this.store.eventsAfter(this.roomId, after, seq - after);
        answer({ seq, events: events.map((event) => eventFor(this.stage, audience, event)) });
      } else {
        answer({ seq, snapshot: roomFor(room, audience) });
      }
      this.followers.set(follower, audience);
    });
    return followed.finally(() => {
      this.coming -= 1;
    });
  }

  unfollow(follower: Follower): void {
    this.followers.delete(follower);
  }

  /** From the bus. In order it is passed on at once; out of order the log is asked. */
  hear(event: RoomEvent): void {
    if (event.seq <= this.sent) return;
    if (event.seq === this.sent + 1 && this.waiting === 0) this.pass(event);
    else this.inTurn(() => this.catchUp(event.seq)).catch(this.missed);
  }

  /** Compares positions: a lost last event has no successor that would reveal its loss. */
  async compare(position: number): Promise<void> {
    if (position > this.sent) await this.inTurn(() => this.catchUp(position));
    for (const follower of this.followers.keys()) follower.position(this.roomId, this.sent);
  }

  /** Passes on what the log holds up to a position it is known to have reached. */
  private async catchUp(position: number): Promise<void> {
    if (position <= this.sent) return;
    const events = await this.store.eventsAfter(this.roomId, this.sent, position - this.sent);
    for (const event of events) this.pass(event);
  }

  private pass(event: RoomEvent): void {
    if (event.seq !== this.sent + 1) return;
    this.sent = event.seq;
    if (event.type === 'contest.finalized') this.stage = { ...this.stage, finalizedAt: event.data.finalizedAt };
    if (event.type === 'contest.revealed') this.stage = { ...this.stage, revealedAt: event.data.revealedAt };
    if (event.type === 'player.joined') this.seat(event.data.userId, event.data.seat);
    const views = new Map<Audience, SeenEvent>();
    for (const [follower, audience] of this.followers) {
      const view = views.get(audience) ?? this.viewOf(event, audience, views.values());
      views.set(audience, view);
      follower.event(view);
    }
    if (event.type === 'player.left' || event.type === 'player.kicked') this.remove(event.data.userId);
  }

  /** One object for all who see the same of it, so that it is made ready to be sent once. */
  private viewOf(event: RoomEvent, audience: Audience, others: Iterable<SeenEvent>): SeenEvent {
    const view = eventFor(this.stage, audience, event);
    if ('data' in view) for (const other of others) if ('data' in other && other.data === view.data) return other;
    return view;
  }

  /** Whoever only watched and now plays sees from now on what a player sees. */
  private seat(userId: UserId, audience: Audience): void {
    for (const follower of this.followers.keys())
      if (follower.userId === userId) this.followers.set(follower, audience);
  }

  /** Whoever has no place in the room any more; a host has one without a seat. */
  private remove(userId: UserId): void {
    if (userId === this.hostId) return;
    for (const follower of this.followers.keys()) {
      if (follower.userId !== userId) continue;
      this.followers.delete(follower);
      follower.removed(this.roomId);
    }
  }

  /** One after the other: nothing is passed on while somebody is being let in. */
  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    this.waiting += 1;
    const done = this.turn.then(work).finally(() => {
      this.waiting -= 1;
    });
    // Whoever asked hears of a failure; the next in turn does not care.
    this.turn = done.catch(() => undefined);
    return done;
  }
}
