import { batch, computed, signal } from '@preact/signals-core';
import type { RoomEvent, SeenEvent } from '../../src/contract/events';
import type { LeaderboardRow } from '../../src/contract/leaderboard';
import type { RoomId, SubmissionId, UserId } from '../../src/contract/terms';
import { GONE_MS } from '../../src/core/moves';
import { evolve, opponentOf, phaseOf, unopened, type Room, type SeenRoom } from '../../src/core/room';
import { audienceOf, leaderboardFor } from '../../src/core/view';
import type { AnswerOf } from './api';

/** The state of a room as an answer over HTTP or the socket tells it. */
export type Snapshot = AnswerOf<'GET /api/rooms/:roomId'>['room'];

export type Part = 'player' | 'referee' | 'spectator';
interface Presence {
  readonly state: 'online' | 'away' | 'offline';
  readonly since: number;
}
interface Progress {
  readonly done: number;
  readonly of: number;
}

/**
 * A room on the screen: the fold of the events received, by the server's own rules, and nothing else.
 * Presence and the tests done beside it may be lost, and are never part of it.
 */
export class RoomStore {
  readonly room;
  /** What happened and may be told, in order; less than all after a snapshot. */
  readonly told = signal<readonly RoomEvent[]>([]);
  readonly presence = signal<ReadonlyMap<UserId, Presence>>(new Map());
  readonly progress = signal<ReadonlyMap<SubmissionId, Progress>>(new Map());

  readonly phase = computed(() => phaseOf(this.room.value));
  readonly me = computed(() => this.room.value.players.find(({ userId }) => userId === this.userId));
  readonly opponent = computed(() => opponentOf(this.room.value, this.userId));
  readonly isHost = computed(() => this.room.value.hostId === this.userId);
  /** Who this reader is here. A host who does not play is the referee. */
  readonly part = computed<Part>(() => (this.me.value ? 'player' : this.isHost.value ? 'referee' : 'spectator'));
  readonly board = computed<readonly LeaderboardRow[]>(() =>
    leaderboardFor(this.room.value, audienceOf(this.room.value, this.userId)),
  );
  readonly mySubmissions = computed(() => this.room.value.submissions.filter(({ userId }) => userId === this.userId));
  private readonly listeners = new Set<(event: RoomEvent) => void>();

  constructor(
    readonly roomId: RoomId,
    readonly userId: UserId,
  ) {
    this.room = signal<Room>(unopened(roomId));
  }

  get seq(): number {
    return this.room.value.seq;
  }

  /** Whether there is anything to show yet. */
  readonly isOpened = computed(() => this.room.value.seq > 0);

  /** Hears of each event once, in order, after the room has become what it made of it. Returns what ends it. */
  onEvent(listener: (event: RoomEvent) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /**
   * Takes events in. What is known already is passed over.
   *
   * @returns false at a hole: nothing past it is taken, and somebody has to ask for what is missing
   */
  take(events: readonly SeenEvent[]): boolean {
    const fresh: RoomEvent[] = [];
    let room = this.room.value;
    let whole = true;
    for (const event of events) {
      if (event.roomId !== this.roomId || event.seq <= room.seq) continue;
      whole = event.seq === room.seq + 1;
      if (!whole) break;
      room = evolve(room, event);
      if ('type' in event) fresh.push(event);
    }
    batch(() => {
      this.room.value = room;
      if (fresh.length > 0) this.told.value = [...this.told.value, ...fresh];
    });
    for (const event of fresh) for (const listener of this.listeners) listener(event);
    return whole;
  }

  /** Begins anew from the whole state at a position, where too much was missed. */
  restart(snapshot: SeenRoom, seq: number): void {
    if (seq < this.seq) return;
    const { leaderboard: _, ...room } = snapshot;
    this.room.value = { ...room, seq, lastAt: room.openedAt, picked: [] };
  }

  /** Takes in how somebody is there. Who is offline was away for a minute before: `since` stays when he went. */
  isThere(userId: UserId, { state, since }: Presence): void {
    const before = this.presence.value.get(userId);
    const wentAt = before?.state === 'away' ? before.since : since - GONE_MS;
    const presence = { state, since: state === 'offline' ? wentAt : since };
    this.presence.value = new Map(this.presence.value).set(userId, presence);
  }

  hasRun(submissionId: SubmissionId, progress: Progress): void {
    this.progress.value = new Map(this.progress.value).set(submissionId, progress);
  }
}
