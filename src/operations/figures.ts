import { Injectable, Optional } from '@nestjs/common';
import { Gauge } from 'prom-client';
import { Metrics } from '../metrics';
import { Clock, Judge, JudgeQueue, RoomBus } from '../ports';
import { JobStore } from '../store/job.store';
import { inTime } from './in-time';

const PATIENCE_MS = 2_000;

/** What is not counted as it happens but looked up when somebody asks. What cannot be told just then is NaN. */
@Injectable()
export class Figures {
  private readonly owed: Gauge;
  private readonly age: Gauge;
  private readonly givenUp: Gauge;
  private readonly waiting: Gauge;
  private readonly notices: Gauge;
  private readonly connected: Gauge<'part'>;
  private readonly breaker: Gauge;

  constructor(
    private readonly metrics: Metrics,
    private readonly jobs: JobStore,
    private readonly queue: JudgeQueue,
    private readonly bus: RoomBus,
    private readonly clock: Clock,
    @Optional() private readonly judge?: Judge,
  ) {
    const registers = [metrics.registry];
    const gauge = (name: string, help: string) => new Gauge({ name, help, registers });
    this.owed = gauge('joust_jobs_owed', 'Submissions and trials without a result, by the rows.');
    this.age = gauge('joust_outbox_age_seconds', 'How long the longest due of what nobody has in hand has been due.');
    this.givenUp = gauge('joust_dead_letters', 'Submissions that were given up and not judged again, by the rows.');
    this.waiting = gauge('joust_queue_depth', 'Announcements in the queue that no judge has taken up.');
    const notices = 'Messages among the dead letters of the broker: notices of what was given up, and strays.';
    this.notices = gauge('joust_dead_letter_notices', notices);
    const breaker =
      '1 while nothing is asked of the engine of this process, because it cannot be worked with; NaN without one.';
    this.breaker = gauge('joust_breaker_open', breaker);
    const help = 'Whether this process reaches a part of the world.';
    this.connected = new Gauge({ name: 'joust_connected', help, labelNames: ['part'], registers });
  }

  /** In the format Prometheus reads. */
  async exposition(): Promise<string> {
    const [depths, queue] = await Promise.all([
      inTime(this.jobs.depths(), PATIENCE_MS, null),
      inTime(this.queue.state(), PATIENCE_MS, null),
    ]);
    const dueAt = depths && (depths.oldestDueAt ?? this.clock.now());
    this.owed.set(depths?.jobs ?? NaN);
    this.age.set(dueAt === null ? NaN : (this.clock.now() - dueAt) / 1000);
    this.givenUp.set(depths?.givenUp ?? NaN);
    this.waiting.set(queue?.waiting ?? NaN);
    this.notices.set(queue?.dead ?? NaN);
    this.connected.set({ part: 'database' }, depths ? 1 : 0);
    this.connected.set({ part: 'queue' }, queue?.connected ? 1 : 0);
    this.connected.set({ part: 'bus' }, this.bus.state().connected ? 1 : 0);
    const engine = await this.judge?.capabilities();
    this.breaker.set(engine ? Number(!engine.available) : NaN);
    return this.metrics.registry.metrics();
  }
}
