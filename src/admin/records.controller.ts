import { Controller, Get, Query } from '@nestjs/common';
import type { z } from 'zod';
import { May } from '../auth/user.guard';
import { AnalyticsQuery, AuditQuery, ProblemFiguresQuery } from '../contract/admin-requests';
import { Refusal } from '../contract/refusals';
import { page, PAGE_SIZE, readCursor } from '../http/pages';
import { Shape } from '../http/shape.pipe';
import { Clock } from '../ports';
import { AnalyticsStore, type Span } from '../store/analytics.store';
import { AuditStore } from '../store/audit.store';

const DAY_MS = 24 * 3_600_000;
const USUAL_DAYS = 30;
const MOST_DAYS = 92;

/** What is counted, and what is remembered of who did what. */
@Controller('api/admin')
export class RecordsController {
  constructor(
    private readonly figures: AnalyticsStore,
    private readonly audit: AuditStore,
    private readonly clock: Clock,
  ) {}

  @May('analytics.read')
  @Get('analytics')
  async analytics(@Query(new Shape(AnalyticsQuery)) query: z.infer<typeof AnalyticsQuery>) {
    const span = this.spanOf(query);
    const [users, rooms, submissions, perHour] = await Promise.all([
      this.figures.users(span),
      this.figures.rooms(span),
      this.figures.submissions(span),
      this.figures.perHour(span),
    ]);
    return { fromAt: span[0], toAt: span[1], users, rooms, submissions, perHour };
  }

  @May('analytics.read')
  @Get('analytics/problems')
  async problems(@Query(new Shape(ProblemFiguresQuery)) { cursor, ...query }: z.infer<typeof ProblemFiguresQuery>) {
    const [after] = readCursor(cursor, [''] as [string]) ?? [''];
    const rows = await this.figures.problems(this.spanOf(query), after, PAGE_SIZE + 1);
    const { items, next } = page(rows, ({ slug }) => [slug]);
    return { items: items.map((one) => ({ ...one, passRate: one.solved / one.tried })), next };
  }

  @May('audit.read')
  @Get('audit')
  async list(@Query(new Shape(AuditQuery)) { cursor, ...filter }: z.infer<typeof AuditQuery>) {
    const [before] = readCursor(cursor, [0] as [number]) ?? [null];
    return page(await this.audit.list(filter, before, PAGE_SIZE + 1), ({ id }) => [id]);
  }

  /** @throws {Refusal} request.malformed for one that is empty or too long */
  private spanOf({ fromAt, toAt }: z.infer<typeof AnalyticsQuery>): Span {
    const until = toAt === undefined ? this.clock.now() : Date.parse(toAt);
    const from = fromAt === undefined ? until - USUAL_DAYS * DAY_MS : Date.parse(fromAt);
    if (from < until && until - from <= MOST_DAYS * DAY_MS && from >= 0) return [from, until];
    const message = `A span begins before it ends, and has at most ${MOST_DAYS} days.`;
    throw new Refusal('request.malformed', [{ path: 'fromAt', message }]);
  }
}
