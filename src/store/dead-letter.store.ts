import { Injectable } from '@nestjs/common';
import { Any, DataSource, IsNull, type EntityManager } from 'typeorm';
import type { Instant, JobId, Label, LanguageId, RoomId, Slug, SubmissionId, UserId, Verdict } from '../contract/terms';
import { Clock } from '../ports';
import { JudgingRow, SubmissionRow } from './tables/judging';

/** A submission the judge has given up, which nobody has settled yet. */
export interface DeadLetter {
  readonly id: SubmissionId;
  readonly roomId: RoomId;
  readonly userId: UserId;
  readonly problem: Label;
  readonly slug: Slug;
  readonly language: LanguageId;
  readonly receivedAt: Instant;
  readonly attempts: number;
  readonly reason: string | null;
  readonly givenUpAt: Instant;
}

/** What came of one attempt. */
interface Attempt {
  readonly attempt: number;
  readonly cause: JudgingRow['cause'];
  readonly claimedAt: Instant;
  readonly finishedAt: Instant | null;
  readonly verdict: Verdict | null;
  readonly reason: string | null;
}

/** The truth of dead letters: submissions whose verdict is a judge error, that are not owed and not dropped. */
@Injectable()
export class DeadLetterStore {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
  ) {}

  /** The oldest first, from after the one at `after` on. */
  async list(limit: number, after: readonly [Instant, string] | null = null): Promise<DeadLetter[]> {
    return this.db.manager.query(
      `${SELECT} AND (s.received_at, s.id) > ($2, $3) ORDER BY s.received_at, s.id LIMIT $1`,
      [limit, ...(after ?? [0, ''])],
    );
  }

  async count(): Promise<number> {
    return this.db.manager.countBy(SubmissionRow, DEAD);
  }

  /** Null: it is none. */
  async get(id: SubmissionId): Promise<DeadLetter | null> {
    const [row] = await this.db.manager.query<DeadLetter[]>(`${SELECT} AND s.id = $1`, [id]);
    return row ?? null;
  }

  /** Of these jobs those that are dead letters. */
  async among(ids: readonly JobId[]): Promise<SubmissionId[]> {
    const where = { ...DEAD, id: Any(ids as readonly SubmissionId[]) };
    return (await this.db.manager.find(SubmissionRow, { where, select: { id: true } })).map(({ id }) => id);
  }

  async exists(id: SubmissionId): Promise<boolean> {
    return this.db.manager.existsBy(SubmissionRow, { id });
  }

  async attemptsAt(submissionId: SubmissionId): Promise<Attempt[]> {
    const select = { attempt: true, cause: true, claimedAt: true, finishedAt: true, verdict: true, reason: true };
    return this.db.manager.find(JudgingRow, { where: { submissionId }, select, order: { attempt: 'ASC' } });
  }

  /** Has it judged again, from its first attempt on. False: it is no dead letter any more, and nothing changes. */
  async replay(tx: EntityManager, id: SubmissionId): Promise<boolean> {
    const again = { dueAt: this.clock.now(), failures: 0 };
    const { affected } = await tx.update(SubmissionRow, { ...DEAD, id }, again);
    return affected === 1;
  }

  /** Leaves it a judge error for good. False: it is no dead letter any more, and nothing changes. */
  async drop(tx: EntityManager, id: SubmissionId): Promise<boolean> {
    const { affected } = await tx.update(SubmissionRow, { ...DEAD, id }, { droppedAt: this.clock.now() });
    return affected === 1;
  }

  change<T>(work: (tx: EntityManager) => Promise<T>): Promise<T> {
    return this.db.transaction(work);
  }
}

const DEAD = { verdict: 'JE' as const, dueAt: IsNull(), droppedAt: IsNull() };

const SELECT = `
  SELECT s.id, s.room_id AS "roomId", s.user_id AS "userId", s.label AS problem, p.slug, s.language,
    s.received_at AS "receivedAt", s.attempt AS attempts, j.reason, j.finished_at AS "givenUpAt"
  FROM submissions s JOIN room_problems p ON p.room_id = s.room_id AND p.label = s.label
  LEFT JOIN judgings j ON j.submission_id = s.id AND j.attempt = s.attempt
  WHERE s.verdict = 'JE' AND s.due_at IS NULL AND s.dropped_at IS NULL`;
