import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import type { Instant, UserId } from '../contract/terms';
import { Clock } from '../ports';
import { RoomStore } from '../store/room.store';

const FLUSH_MS = 5_000;

/** Remembers who was last heard of when, by request or by live tab, and writes it down now and then. */
@Injectable()
export class Activity {
  private heardAt = new Map<UserId, Instant>();

  constructor(
    private readonly clock: Clock,
    private readonly rooms: RoomStore,
  ) {}

  heard(userId: UserId): void {
    this.heardAt.set(userId, this.clock.now());
  }

  @Interval(FLUSH_MS)
  async flush(): Promise<void> {
    const moments = this.heardAt;
    this.heardAt = new Map();
    await this.rooms.seen(moments);
  }
}
