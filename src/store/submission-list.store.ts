import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Instant, Label, LanguageId, RoomId, Slug, SubmissionId, UserId, Verdict } from '../contract/terms';
import { Conditions } from './conditions';

interface SubmissionFilter {
  readonly id?: SubmissionId | undefined;
  readonly roomId?: RoomId | undefined;
  readonly userId?: UserId | undefined;
  readonly slug?: Slug | undefined;
  readonly language?: LanguageId | undefined;
  readonly verdict?: Verdict | 'PENDING' | undefined;
}
/** A submission in one line, without its source. */
interface ListedSubmission {
  readonly id: SubmissionId;
  readonly roomId: RoomId;
  readonly roomCode: string;
  readonly userId: UserId;
  readonly name: string;
  readonly problem: Label;
  readonly slug: Slug;
  readonly language: LanguageId;
  readonly receivedAt: Instant;
  readonly verdict: Verdict | 'PENDING';
  readonly attempts: number;
}

/** All submissions, for our own staff. */
@Injectable()
export class SubmissionListStore {
  constructor(private readonly db: DataSource) {}

  /** The newest first, from before the one at `before` on. */
  list(
    { id, roomId, userId, slug, language, verdict }: SubmissionFilter,
    before: readonly [Instant, string] | null,
    limit: number,
  ): Promise<ListedSubmission[]> {
    const where = new Conditions();
    where.add('s.id = ?', id);
    where.add('s.room_id = ?', roomId);
    where.add('s.user_id = ?', userId);
    where.add('p.slug = ?', slug);
    where.add('s.language = ?', language);
    // What has no verdict is due: so the index over what is owed finds it.
    if (verdict === 'PENDING') where.add('s.verdict IS NULL AND s.due_at IS NOT NULL');
    else where.add('s.verdict = ?', verdict);
    where.add('(s.received_at, s.id) < (?, ?)', ...(before ?? [null]));
    return this.db.manager.query(
      `SELECT s.id, s.room_id AS "roomId", r.code AS "roomCode", s.user_id AS "userId", u.name, s.label AS problem, p.slug,
          s.language, s.received_at AS "receivedAt", coalesce(s.verdict, 'PENDING') AS verdict, s.attempt AS attempts
        FROM submissions s JOIN rooms r ON r.id = s.room_id JOIN users u ON u.id = s.user_id
          JOIN room_problems p ON p.room_id = s.room_id AND p.label = s.label
        ${where.sql} ORDER BY s.received_at DESC, s.id DESC LIMIT ${where.value(limit)}`,
      where.values,
    );
  }
}
