import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Refusal } from '../contract/refusals';
import type { RoomId } from '../contract/terms';
import { Clock } from '../ports';
import { RoomService } from '../rooms/room.service';
import { RoomStore } from '../store/room.store';

const LOOK_MS = 1_000;
const AHEAD_MS = 1_500;

/**
 * Wakes rooms when something is due in them: a countdown that is over, a contest whose time is up, a
 * lobby nobody uses. It only wakes them; what is due, and when it happened, the rules say under the
 * room's lock. So it may come late, twice, or from two processes at once, and does no harm.
 */
@Injectable()
export class ContestClock implements OnApplicationShutdown {
  private readonly log = new Logger('clock');
  private readonly alarms = new Map<RoomId, NodeJS.Timeout>();

  constructor(
    private readonly clock: Clock,
    private readonly store: RoomStore,
    private readonly rooms: RoomService,
  ) {}

  /** Looks a little ahead, so that what is due next is woken to the millisecond. */
  @Interval(LOOK_MS)
  async look(): Promise<void> {
    const now = this.clock.now();
    for (const { id, dueAt } of await this.store.due(now + AHEAD_MS)) {
      if (this.alarms.has(id)) continue;
      this.alarms.set(
        id,
        setTimeout(() => void this.wake(id), Math.max(0, dueAt - now)),
      );
    }
  }

  onApplicationShutdown(): void {
    for (const alarm of this.alarms.values()) clearTimeout(alarm);
  }

  private async wake(id: RoomId): Promise<void> {
    try {
      await this.rooms.dispatch(id, { do: 'elapse' });
    } catch (error) {
      if (!(error instanceof Refusal))
        this.log.error({ err: error, room: id }, 'A room could not be woken; it stays due');
    } finally {
      this.alarms.delete(id);
    }
  }
}
