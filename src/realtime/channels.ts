import { Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import type { RoomId } from '../contract/terms';
import { audienceFor } from '../core/policy';
import { Metrics } from '../metrics';
import { RoomBus } from '../ports';
import { RoomStore } from '../store/room.store';
import type { UserRow } from '../store/tables/people';
import { RoomChannel, type Follower, type Found, type Missed } from './room.channel';

const COMPARE_MS = 3_000;

interface Open {
  readonly channel: RoomChannel;
  readonly close: () => void;
}

/** The rooms this process serves: one channel each, from the first follower to the last. */
@Injectable()
export class Channels {
  private readonly log = new Logger('realtime');
  private readonly open = new Map<RoomId, Promise<Open>>();

  constructor(
    private readonly store: RoomStore,
    private readonly bus: RoomBus,
    private readonly metrics: Metrics,
  ) {
    bus.onGap((rooms) => {
      // The next comparison tries again.
      const failed = (error: unknown) => this.log.warn({ err: error }, 'After a gap the log could not be read');
      this.compareSome(rooms).catch(failed);
    });
  }

  /**
   * Lets somebody follow a room; `answer` is called with what he misses before the first event.
   *
   * @returns what ends it.
   * @throws {Refusal} room.not-found, also for a room he may not see
   */
  async follow(
    user: UserRow,
    roomId: RoomId,
    after: number | undefined,
    follower: Follower,
    answer: (missed: Missed) => void,
  ): Promise<() => void> {
    const reader = await this.store.readerOf(user);
    const find = async (): Promise<Found> => {
      const { room, standing } = await this.store.get(roomId);
      return { room, audience: audienceFor(room, standing, reader) };
    };
    const { channel } = await this.channelOf(roomId);
    try {
      await channel.follow(follower, after, find, (missed) => {
        if (after !== undefined) this.metrics.resumes.inc({ kind: 'events' in missed ? 'suffix' : 'snapshot' });
        answer(missed);
      });
    } catch (error) {
      this.leave(channel, follower);
      throw error;
    }
    return () => this.leave(channel, follower);
  }

  /** Every few seconds, for all rooms in one query: whatever got lost on the way is found here. */
  @Interval(COMPARE_MS)
  async compare(): Promise<void> {
    await this.compareSome([...this.open.keys()]);
  }

  private async compareSome(rooms: readonly RoomId[]): Promise<void> {
    // What cannot be opened is told to whoever wanted to follow it.
    const opened = await Promise.allSettled(rooms.flatMap((roomId) => this.open.get(roomId) ?? []));
    const channels = opened.flatMap((one) => (one.status === 'fulfilled' ? [one.value.channel] : []));
    if (channels.length === 0) return;
    const positions = await this.store.positions(channels.map(({ roomId }) => roomId));
    await Promise.all(channels.map((channel) => channel.compare(positions.get(channel.roomId) ?? 0)));
  }

  private channelOf(roomId: RoomId): Promise<Open> {
    const known = this.open.get(roomId);
    if (known) return known;
    const opening = this.openChannel(roomId);
    this.open.set(roomId, opening);
    opening.catch(() => this.open.delete(roomId));
    return opening;
  }

  /**
   * Opened for nobody in particular, for several may wait for it: who may follow is asked of each.
   * Subscribed first and read second: what happens in between is heard, or the bus tells of a gap.
   */
  private async openChannel(roomId: RoomId): Promise<Open> {
    let channel: RoomChannel | null = null;
    const close = await this.bus.subscribe(roomId, (event) => {
      const { requestId: request, type, seq } = event;
      if (request) this.log.debug({ request, room: roomId, type, seq }, 'An event goes to the sockets');
      channel?.hear(event);
    });
    try {
      const missed = (error: unknown) =>
        this.log.warn({ err: error, room: roomId }, 'The log could not be read; the next comparison tries again');
      channel = new RoomChannel(await this.store.get(roomId), this.store, missed);
      return { channel, close };
    } catch (error) {
      close();
      throw error;
    }
  }

  private leave(channel: RoomChannel, follower: Follower): void {
    channel.unfollow(follower);
    const opened = this.open.get(channel.roomId);
    const closeIfLast = ({ channel: current, close }: Open) => {
      // Somebody may be on his way in, or the room be served anew since.
      if (current !== channel || !channel.isEmpty || this.open.get(channel.roomId) !== opened) return;
      this.open.delete(channel.roomId);
      close();
    };
    // Whoever opens it hears of a failure.
    opened?.then(closeIfLast, () => undefined);
  }
}
