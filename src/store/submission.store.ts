import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Refusal } from '../contract/refusals';
import type { Instant, Label, LanguageId, RoomId, SubmissionId, TrialId, UserId, Verdict } from '../contract/terms';
import { Clock } from '../ports';
import { SubmissionRow, TrialRow } from './tables/judging';

interface StoredTest {
  readonly index: number;
  readonly sample: boolean;
  readonly verdict: Verdict;
  readonly cpuMs: number;
  readonly memoryKiB: number;
  readonly output?: string;
}
/** A submission with what its current judging found. */
export interface StoredSubmission {
  readonly id: SubmissionId;
  readonly roomId: RoomId;
  readonly userId: UserId;
  readonly problem: Label;
  readonly language: LanguageId;
  readonly receivedAt: Instant;
  readonly receivedSeq: number;
  readonly verdict: Verdict | 'PENDING';
  readonly compileOutput: string | null;
  readonly source: string;
  readonly tests: readonly StoredTest[];
}

@Injectable()
export class SubmissionStore {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
  ) {}

  /** What this user sent to this room under this key, if he has. */
  async byKey(roomId: RoomId, userId: UserId, key: string): Promise<SubmissionRow | null> {
    return this.db.manager.findOneBy(SubmissionRow, { roomId, userId, key });
  }

  /** @throws {Refusal} submission.not-found */
  async get(id: SubmissionId): Promise<StoredSubmission> {
    const [row] = await this.db.manager.query<StoredSubmission[]>(`${SELECT} WHERE s.id = $1`, [id]);
    if (!row) throw new Refusal('submission.not-found');
    return row;
  }

  /** Submissions of a room in the order of arrival, from position `after` on; of one user where one is named. */
  async list(roomId: RoomId, userId: UserId | null, after: number, limit: number): Promise<StoredSubmission[]> {
    return this.db.manager.query(
      `${SELECT} WHERE s.room_id = $1 AND s.received_seq > $2::bigint AND ($3::text IS NULL OR s.user_id = $3)
        ORDER BY s.received_seq LIMIT $4`,
      [roomId, Math.min(Math.max(after, 0), 2_147_483_647), userId, limit],
    );
  }

  async insertTrial(
    row: Pick<TrialRow, 'id' | 'roomId' | 'userId' | 'label' | 'language' | 'source' | 'input' | 'requestId'>,
  ): Promise<void> {
    const now = this.clock.now();
    await this.db.manager.insert(TrialRow, { ...row, createdAt: now, dueAt: now });
  }

  /** How many trials of this user still wait or run. */
  async trialsOwed(userId: UserId): Promise<number> {
    return this.db.manager
      .createQueryBuilder(TrialRow, 'trial')
      .where('trial.userId = :userId AND trial.dueAt IS NOT NULL', { userId })
      .getCount();
  }

  /** A trial of this user. @throws {Refusal} submission.not-found, also for somebody else's */
  async trial(id: TrialId, userId: UserId): Promise<TrialRow> {
    const row = await this.db.manager.findOneBy(TrialRow, { id, userId });
    if (!row) throw new Refusal('submission.not-found');
    return row;
  }
}

const SELECT = `
  SELECT s.id, s.room_id AS "roomId", s.user_id AS "userId", s.label AS problem, s.language, s.source,
    s.received_at AS "receivedAt", s.received_seq AS "receivedSeq", coalesce(s.verdict, 'PENDING') AS verdict,
    j.compile_output AS "compileOutput",
    coalesce((SELECT json_agg(json_strip_nulls(json_build_object('index', index, 'sample', sample, 'verdict', t.verdict,
        'cpuMs', cpu_ms, 'memoryKiB', memory_kib, 'output', output)) ORDER BY index)
      FROM test_runs t WHERE t.submission_id = s.id AND t.attempt = j.attempt), '[]') AS tests
  FROM submissions s LEFT JOIN LATERAL (
    SELECT attempt, compile_output FROM judgings
      WHERE submission_id = s.id AND verdict = s.verdict ORDER BY attempt DESC LIMIT 1) j ON true`;
