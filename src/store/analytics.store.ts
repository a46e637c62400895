import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Instant, LanguageId, Slug, Verdict } from '../contract/terms';

/** From the first on, and before the second. */
export type Span = readonly [fromAt: Instant, toAt: Instant];

interface ProblemFigures {
  readonly slug: Slug;
  readonly title: string;
  readonly difficulty: 'easy' | 'medium' | 'hard';
  readonly submissions: number;
  readonly accepted: number;
  readonly tried: number;
  readonly solved: number;
}

/** Counts over a span of time, each by one query that reads an index by time. Only the number of all users ever is counted whole. */
@Injectable()
export class AnalyticsStore {
  constructor(private readonly db: DataSource) {}

  async users(span: Span): Promise<{ total: number; new: number; newGuests: number; active: number }> {
    return this.one(
      `SELECT (SELECT count(*) FROM users) AS total, count(*) AS new, count(*) FILTER (WHERE guest) AS "newGuests",
          (SELECT count(DISTINCT user_id) FROM submissions WHERE received_at >= $1 AND received_at < $2) AS active
        FROM users WHERE created_at >= $1 AND created_at < $2`,
      span,
    );
  }

  /** Of the rooms opened in this span. */
  async rooms(span: Span): Promise<{ opened: number; started: number; finalized: number; cancelled: number }> {
    return this.one(
      `SELECT count(*) AS opened, count(started_at) AS started, count(finalized_at) AS finalized,
          count(cancelled_at) AS cancelled
        FROM rooms WHERE opened_at >= $1 AND opened_at < $2`,
      span,
    );
  }

  /** The most frequent first. */
  async submissions(span: Span) {
    const rows = await this.db.manager.query<
      { language: LanguageId | null; verdict: Verdict | 'PENDING' | null; count: number; accepted: number }[]
    >(
      `SELECT language, verdict, count(*) AS count, count(*) FILTER (WHERE verdict = 'AC') AS accepted
        FROM (SELECT language, coalesce(verdict, 'PENDING') AS verdict FROM submissions
          WHERE received_at >= $1 AND received_at < $2) AS s
        GROUP BY GROUPING SETS ((language), (verdict)) ORDER BY count DESC, language, verdict`,
      [...span],
    );
    const byLanguage = rows.flatMap(({ language, count, accepted }) =>
      language ? [{ language, count, accepted }] : [],
    );
    const byVerdict = rows.flatMap(({ verdict, count }) => (verdict ? [{ verdict, count }] : []));
    return { total: byVerdict.reduce((sum, { count }) => sum + count, 0), byLanguage, byVerdict };
  }

  /** Every hour that touches the span; what lies outside the span is not counted in it. */
  async perHour(span: Span): Promise<{ at: Instant; users: number; rooms: number; submissions: number }[]> {
    const counted = (table: string, moment: string) =>
      `LEFT JOIN (SELECT ${moment} / 3600000 AS hour, count(*) AS count FROM ${table}
        WHERE ${moment} >= $1 AND ${moment} < $2 GROUP BY 1) AS in_${table} ON in_${table}.hour = at / 3600000`;
    return this.db.manager.query(
      `SELECT at, coalesce(in_users.count, 0) AS users, coalesce(in_rooms.count, 0) AS rooms,
          coalesce(in_submissions.count, 0) AS submissions
        FROM generate_series($1::bigint / 3600000 * 3600000, $2::bigint - 1, 3600000) AS at
        ${counted('users', 'created_at')} ${counted('rooms', 'opened_at')} ${counted('submissions', 'received_at')}
        ORDER BY at`,
      [...span],
    );
  }

  /** Problems that were tried in this span, by slug, from after `after` on. */
  async problems(span: Span, after: Slug, limit: number): Promise<ProblemFigures[]> {
    return this.db.manager.query(
      `SELECT p.slug, p.title, p.difficulty, submissions, accepted, tried, solved FROM (
          SELECT slug, count(*) AS submissions, count(*) FILTER (WHERE verdict = 'AC') AS accepted,
              count(DISTINCT user_id) AS tried, count(DISTINCT user_id) FILTER (WHERE verdict = 'AC') AS solved
            FROM submissions s JOIN room_problems r ON r.room_id = s.room_id AND r.label = s.label
            WHERE s.received_at >= $1 AND s.received_at < $2 AND slug > $3 GROUP BY slug ORDER BY slug LIMIT $4) AS counted
        JOIN problems p ON p.slug = counted.slug ORDER BY p.slug`,
      [...span, after, limit],
    );
  }

  private async one<T>(sql: string, span: Span): Promise<T> {
    const [row] = await this.db.manager.query<[T]>(sql, [...span]);
    return row;
  }
}
