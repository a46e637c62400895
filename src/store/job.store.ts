import { Injectable } from '@nestjs/common';
import { DataSource, IsNull, Not, type EntityManager } from 'typeorm';
import type {
  Instant,
  JobId,
  Label,
  LanguageId,
  RoomId,
  Slug,
  SubmissionId,
  TrialId,
  UserId,
  Verdict,
} from '../contract/terms';
import { Clock, type TestResult } from '../ports';
import { JudgingRow, SubmissionRow, TrialRow } from './tables/judging';

/** Work a judge has claimed: nobody else works on it before `dueAt`, unless he renews. */
export interface Job {
  readonly id: JobId;
  readonly attempt: number;
  /** Attempts in a row that came to nothing, this one included until it proves otherwise. */
  readonly failures: number;
  readonly roomId: RoomId;
  readonly userId: UserId;
  readonly label: Label;
  readonly slug: Slug;
  readonly language: LanguageId;
  readonly source: string;
  /** Own input of a trial; null: the problem's tests. */
  readonly input: string | null;
  /** The verdict a rejudge is to replace. */
  readonly verdict: Verdict | null;
  readonly receivedAt: Instant;
  /** The request that brought it, for the log. */
  readonly requestId: string | null;
}
/** What is owed, by the rows. */
interface Owed {
  /** Submissions and trials without a result, whether anybody has them in hand or not. */
  readonly jobs: number;
  /** When the longest due of what nobody has in hand became due. */
  readonly oldestDueAt: Instant | null;
  /** Submissions that were given up and have not been judged again. */
  readonly givenUp: number;
}
export const isTrial = (id: JobId): id is TrialId => id.startsWith('trial_');

/** What came of an attempt. */
export interface Judgement {
  readonly verdict: Verdict;
  readonly compileOutput: string | null;
  readonly tests: readonly (TestResult & { readonly sample: boolean })[];
  /** Why the judge gave up, for JE. */
  readonly reason?: string;
}

/** How long a claim holds. Long enough for the slowest compilation; a living judge renews it. */
export const LEASE_MS = 30_000;

/**
 * The work owed to players. Rows are claimed, never handed out: an attempt is numbered by its
 * claim, and what an overtaken attempt has to say changes nothing.
 */
@Injectable()
export class JobStore {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
  ) {}

  /** Claims what is due, or null where somebody else has it or it is done. */
  async claim(id: JobId): Promise<Job | null> {
    const now = this.clock.now();
    const [job] = await this.db.manager.query<Job[]>(isTrial(id) ? CLAIM_TRIAL : CLAIM_SUBMISSION, [
      id,
      now,
      now + LEASE_MS,
    ]);
    return job ?? null;
  }

  /** Prolongs claims that are still held. */
  async renew(jobs: readonly Pick<Job, 'id' | 'attempt'>[]): Promise<void> {
    const until = this.clock.now() + LEASE_MS;
    for (const table of ['submissions', 'trials'] as const) {
      const own = jobs.filter(({ id }) => isTrial(id) === (table === 'trials'));
      if (own.length === 0) continue;
      await this.db.manager.query(
        `UPDATE ${table} SET due_at = $3 FROM unnest($1::text[], $2::int[]) AS held (id, attempt)
          WHERE ${table}.id = held.id AND ${table}.attempt = held.attempt AND due_at IS NOT NULL`,
        [own.map(({ id }) => id), own.map(({ attempt }) => attempt), until],
      );
    }
  }

  /** Makes all that is owed due now, whoever had claimed it or put it off: for a start after a crash. */
  async reclaim(): Promise<void> {
    const now = this.clock.now();
    for (const table of ['submissions', 'trials'])
      await this.db.manager.query(`UPDATE ${table} SET due_at = $1 WHERE due_at > $1`, [now]);
  }

  /** Work that has been due since before `until`, the longest due first. */
  async owed(until: Instant, limit = 500): Promise<JobId[]> {
    const rows = await this.db.manager.query<{ id: JobId }[]>(
      `(SELECT id, due_at FROM submissions WHERE due_at <= $1 ORDER BY due_at LIMIT $2)
        UNION ALL (SELECT id, due_at FROM trials WHERE due_at <= $1 ORDER BY due_at LIMIT $2) ORDER BY due_at LIMIT $2`,
      [until, limit],
    );
    return rows.map(({ id }) => id);
  }

  /** How much is owed at all; of it, how much is due by `until`. */
  async backlog(until: Instant = Number.MAX_SAFE_INTEGER): Promise<number> {
    const [row] = await this.db.manager.query<{ count: number }[]>(
      `SELECT (SELECT count(*) FROM submissions WHERE due_at <= $1) + (SELECT count(*) FROM trials WHERE due_at <= $1) AS count`,
      [until],
    );
    return row?.count ?? 0;
  }

  /** In one round trip, by indexes that hold only what is owed or given up. */
  async depths(): Promise<Owed> {
    const [row] = await this.db.manager.query<[Owed]>(
      `SELECT (SELECT count(*) FROM submissions WHERE due_at IS NOT NULL) + (SELECT count(*) FROM trials WHERE due_at IS NOT NULL) AS jobs,
        least((SELECT min(due_at) FROM submissions WHERE due_at <= $1), (SELECT min(due_at) FROM trials WHERE due_at <= $1)) AS "oldestDueAt",
        (SELECT count(*) FROM submissions WHERE verdict = 'JE' AND due_at IS NULL AND dropped_at IS NULL) AS "givenUp"`,
      [this.clock.now()],
    );
    return row;
  }

  /** Puts an attempt off; one that has its result stays done. `counted`: it failed by itself, and does not deserve endless attempts. */
  async defer({ id, attempt }: Job, waitMs: number, counted: boolean, reason: string): Promise<void> {
    const now = this.clock.now();
    const change = { dueAt: now + waitMs, failures: () => (counted ? 'failures' : 'greatest(failures - 1, 0)') };
    await this.db.transaction(async (tx) => {
      await tx.update(isTrial(id) ? TrialRow : SubmissionRow, { id, attempt, dueAt: Not(IsNull()) }, change);
      const judging = { submissionId: id as SubmissionId, attempt, finishedAt: IsNull() };
      if (!isTrial(id)) await tx.update(JudgingRow, judging, { finishedAt: now, reason });
    });
  }

  /**
   * Notes the result of an attempt, as part of a change of its room. False, and nothing is written,
   * when the attempt has been overtaken or has its result already. Nobody can overtake it from here
   * to the end of the transaction.
   */
  async finish(
    tx: EntityManager,
    { id, attempt }: Job,
    { verdict, compileOutput, tests, reason }: Judgement,
  ): Promise<boolean> {
    const runs = tests.map(({ index, sample, verdict: own, cpuMs, wallMs, memoryKiB, stdout = '' }) => ({
      ...{ index, sample, verdict: own, cpu_ms: Math.round(cpuMs), wall_ms: Math.round(wallMs), memory_kib: memoryKiB },
      output: sample ? stdout : null,
    }));
    const noted = await tx.query<unknown[]>(FINISH, [
      ...[id, attempt, this.clock.now(), verdict, compileOutput, reason ?? null, JSON.stringify(runs)],
    ]);
    return noted.length === 1;
  }

  /** A rejudge that came to nothing keeps the verdict there was. */
  async keep({ id, attempt }: Job, { reason }: Judgement): Promise<void> {
    const submissionId = id as SubmissionId;
    await this.db.transaction(async (tx) => {
      await tx.update(SubmissionRow, { id: submissionId, attempt }, { dueAt: null });
      await tx.update(JudgingRow, { submissionId, attempt }, { finishedAt: this.clock.now(), reason: reason ?? null });
    });
  }

  /** Notes the result of a trial. False when its attempt has been overtaken or has its result already. */
  async finishTrial({ id, attempt }: Job, { verdict, compileOutput }: Judgement, tests: object): Promise<boolean> {
    const { affected } = await this.db.manager.update(
      TrialRow,
      { id: id as TrialId, attempt, dueAt: Not(IsNull()) },
      { verdict, compileOutput, tests, dueAt: null },
    );
    return affected === 1;
  }

  /**
   * Has a submission judged again; its verdict stays until there is a new one. An attempt that is
   * under way is overtaken: it may have begun before what the rejudge is for. False: there is no such submission.
   */
  async rejudge(id: SubmissionId): Promise<boolean> {
    const again = { dueAt: this.clock.now(), failures: 0, droppedAt: null, attempt: () => 'attempt + 1' };
    const { affected } = await this.db.manager.update(SubmissionRow, { id }, again);
    return affected === 1;
  }

  /** The same for all that have a verdict: in a room, on a problem, or both. */
  async rejudgeAll({
    roomId = null,
    slug = null,
  }: {
    roomId?: RoomId | null;
    slug?: Slug | null;
  }): Promise<SubmissionId[]> {
    const [rows] = await this.db.manager.query<[{ id: SubmissionId }[], number]>(
      `UPDATE submissions s SET due_at = $3, failures = 0, dropped_at = NULL, attempt = attempt + 1 FROM room_problems p
        WHERE p.room_id = s.room_id AND p.label = s.label AND s.verdict IS NOT NULL
          AND ($1::text IS NULL OR s.room_id = $1) AND ($2::text IS NULL OR p.slug = $2) RETURNING s.id`,
      [roomId, slug, this.clock.now()],
    );
    return rows.map(({ id }) => id);
  }
}

const claim = (table: 'submissions' | 'trials') =>
  `UPDATE ${table} SET attempt = attempt + 1, failures = failures + 1, due_at = $3 WHERE id = $1 AND due_at <= $2 RETURNING *`;
const JOB = `claimed.id, attempt, failures, claimed.room_id AS "roomId", user_id AS "userId", claimed.label, slug, language, source, verdict, request_id AS "requestId"`;
const OF_PROBLEM = `FROM claimed JOIN room_problems p ON p.room_id = claimed.room_id AND p.label = claimed.label`;

const FINISH = `
  WITH held AS (SELECT id, attempt FROM submissions WHERE id = $1 AND attempt = $2 FOR NO KEY UPDATE),
  noted AS (
    UPDATE judgings SET finished_at = $3, verdict = $4, compile_output = $5, reason = $6 FROM held
      WHERE submission_id = held.id AND judgings.attempt = held.attempt AND finished_at IS NULL RETURNING held.attempt),
  ran AS (
    INSERT INTO test_runs (submission_id, attempt, index, sample, verdict, cpu_ms, wall_ms, memory_kib, output)
      SELECT $1, attempt, index, sample, verdict, cpu_ms, wall_ms, memory_kib, output
        FROM noted, jsonb_to_recordset($7::jsonb) AS run
          (index int, sample boolean, verdict text, cpu_ms int, wall_ms int, memory_kib int, output text))
  SELECT attempt FROM noted`;

const CLAIM_TRIAL = `WITH claimed AS (${claim('trials')}) SELECT ${JOB}, created_at AS "receivedAt", input ${OF_PROBLEM}`;
const CLAIM_SUBMISSION = `WITH claimed AS (${claim('submissions')}),
  noted AS (INSERT INTO judgings (submission_id, attempt, cause, claimed_at)
    SELECT id, attempt, CASE WHEN verdict IS NOT NULL THEN 'rejudge' WHEN attempt = 1 THEN 'first' ELSE 'retry' END, $2 FROM claimed)
  SELECT ${JOB}, received_at AS "receivedAt", NULL AS input ${OF_PROBLEM}`;
