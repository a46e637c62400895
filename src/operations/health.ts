import { Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import type { Instant } from '../contract/terms';
import { Clock, JudgeQueue, RoomBus } from '../ports';
import { EngineStore, SILENT_MS } from '../store/engine.store';
import { inTime } from './in-time';

const PARTS = ['database', 'queue', 'bus', 'judge'] as const;
type Part = (typeof PARTS)[number];

/** Whether a part does its work, in words, and since when that has been so. */
interface PartHealth {
  readonly ok: boolean;
  readonly says: string;
  readonly since: string;
}
type Report = Readonly<Record<Part, PartHealth>> & {
  readonly status: 'ok' | 'degraded' | 'unavailable' | 'draining';
};
type Found = Omit<PartHealth, 'since'>;

const LOOK_MS = 5_000;
const PATIENCE_MS = 900;
const LATE: Found = { ok: false, says: 'does not answer' };

/**
 * How this process and the parts it works with are doing. Without its database it can do nothing;
 * anything else that is missing delays what people see, and makes nobody dead.
 */
@Injectable()
export class Health {
  private readonly log = new Logger('health');
  private isDraining = false;
  private readonly since = new Map<Part, { readonly ok: boolean; readonly at: Instant }>();

  constructor(
    private readonly engines: EngineStore,
    private readonly queue: JudgeQueue,
    private readonly bus: RoomBus,
    private readonly clock: Clock,
  ) {}

  /** From now on nobody is to be sent here. */
  drain(): void {
    this.isDraining = true;
  }

  /** Also looks by itself: a change is noted when it happens, not when somebody asks. */
  @Interval(LOOK_MS)
  async look(): Promise<Report> {
    const [stored, queue] = await Promise.all([
      inTime(this.ofStore(), PATIENCE_MS, {
        database: LATE,
        judge: { ok: false, says: 'not known without the database' },
      }),
      inTime(this.ofQueue(), PATIENCE_MS, LATE),
    ]);
    const { connected, says } = this.bus.state();
    const found = { ...stored, queue, bus: { ok: connected, says } };
    const parts = Object.fromEntries(PARTS.map((part) => [part, this.dated(part, found[part])])) as Record<
      Part,
      PartHealth
    >;
    return { status: this.statusOf(found), ...parts };
  }

  private statusOf(found: Readonly<Record<Part, Found>>): Report['status'] {
    if (this.isDraining) return 'draining';
    if (!found.database.ok) return 'unavailable';
    return PARTS.every((part) => found[part].ok) ? 'ok' : 'degraded';
  }

  private async ofStore(): Promise<{ database: Found; judge: Found }> {
    const heard = this.clock.now() - SILENT_MS;
    const engines = await this.engines.last();
    const atWork = engines.filter(({ available, seenAt }) => available && seenAt > heard);
    const modes = [...new Set(atWork.map(({ mode }) => mode))].join('; ');
    const says = atWork.length > 0 ? `${atWork.length} at work: ${modes}` : 'none at work: submissions wait';
    return { database: { ok: true, says: 'answers' }, judge: { ok: atWork.length > 0, says } };
  }

  private async ofQueue(): Promise<Found> {
    const { connected, says } = await this.queue.state();
    return { ok: connected, says };
  }

  private dated(part: Part, found: Found): PartHealth {
    const known = this.since.get(part);
    if (known && known.ok !== found.ok) this.log[found.ok ? 'log' : 'warn']({ part }, found.says);
    const at = known?.ok === found.ok ? known.at : this.clock.now();
    this.since.set(part, { ok: found.ok, at });
    return { ...found, since: new Date(at).toISOString() };
  }
}

/** What a load balancer is told. */
export const statusCodeOf = ({ status }: Report): 200 | 503 => (status === 'ok' || status === 'degraded' ? 200 : 503);
