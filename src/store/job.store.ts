import { Injectable } from '@nestjs/common';
import { DataSource, IsNull, Not, type EntityManager } from 'typeorm';
import type { Instant, JobId, RerunId, RoomId, Slug, SubmissionId, TrialId, Verdict } from '../contract/terms';
import { Clock, type TestResult } from '../ports';
import { CLAIM, tableOf, WORK, type Job } from './claims';
import { JudgingRow, SubmissionRow, TrialRow } from './tables/judging';
import { RerunRow } from './tables/rejudges';

/** What is owed, by the rows. */
interface Owed {
  /** Submissions and trials without a result, whether anybody has them in hand or not. */
  readonly jobs: number;
  /** When the longest due of what nobody has in hand became due. */
  readonly oldestDueAt: Instant | null;
  /** Submissions that were given up and have not been judged again. */
  readonly givenUp: number;
  /** Submissions that wait to be judged once more beside their verdicts. */
  readonly rejudging: number;
}

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
/** How many of those that are judged once more are announced at a time. */
const RERUNS_AT_ONCE = 8;

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
    const [job] = await this.db.manager.query<Job[]>(CLAIM[tableOf(id)], [id, now, now + LEASE_MS]);
    return job ?? null;
  }

  /** Prolongs claims that are still held. Returns the others: whoever had them has been overtaken, or is done. */
  async renew<Held extends Pick<Job, 'id' | 'attempt'>>(jobs: readonly Held[]): Promise<Held[]> {
    const until = this.clock.now() + LEASE_MS;
    const held = new Set<JobId>();
    for (const table of WORK) {
      const own = jobs.filter(({ id }) => tableOf(id) === table);
      if (own.length === 0) continue;
      const rows = await this.db.manager.query<{ id: JobId }[]>(
        `WITH renewed AS (UPDATE ${table} SET due_at = $3 FROM unnest($1::text[], $2::int[]) AS held (id, attempt)
          WHERE ${table}.id = held.id AND ${table}.attempt = held.attempt AND due_at IS NOT NULL RETURNING ${table}.id)
          SELECT id FROM renewed`,
        [own.map(({ id }) => id), own.map(({ attempt }) => attempt), until],
      );
      for (const { id } of rows) held.add(id);
    }
    return jobs.filter(({ id }) => !held.has(id));
  }

  /** Makes all that is owed due now, whoever had claimed it or put it off: for a start after a crash. */
  async reclaim(): Promise<void> {
    const now = this.clock.now();
    for (const table of WORK) await this.db.manager.query(`UPDATE ${table} SET due_at = $1 WHERE due_at > $1`, [now]);
  }

  /**
   * Work that has been due since before `until`, the longest due first. Of what is judged once more only a little at
   * a time, however much there is: players do not wait behind it.
   */
  async owed(until: Instant, limit = 500): Promise<JobId[]> {
    const rows = await this.db.manager.query<{ id: JobId }[]>(
      `(SELECT id, due_at FROM submissions WHERE due_at <= $1 ORDER BY due_at LIMIT $2)
        UNION ALL (SELECT id, due_at FROM trials WHERE due_at <= $1 ORDER BY due_at LIMIT $2)
        UNION ALL (SELECT id, due_at FROM reruns WHERE due_at <= $1 ORDER BY due_at LIMIT ${RERUNS_AT_ONCE}) ORDER BY due_at LIMIT $2`,
      [until, limit],
    );
    return rows.map(({ id }) => id);
  }

  /** How much is owed at all; of it, how much is due by `until`. Counted as {@link owed} lists it. */
  async backlog(until: Instant = Number.MAX_SAFE_INTEGER): Promise<number> {
    const [row] = await this.db.manager.query<{ count: number }[]>(
      `SELECT (SELECT count(*) FROM submissions WHERE due_at <= $1) + (SELECT count(*) FROM trials WHERE due_at <= $1)
        + (SELECT count(*) FROM (SELECT FROM reruns WHERE due_at <= $1 LIMIT ${RERUNS_AT_ONCE}) AS few) AS count`,
      [until],
    );
    return row?.count ?? 0;
  }

  /** In one round trip, by indexes that hold only what is owed or given up. */
  async depths(): Promise<Owed> {
    const [row] = await this.db.manager.query<[Owed]>(
      `SELECT (SELECT count(*) FROM submissions WHERE due_at IS NOT NULL) + (SELECT count(*) FROM trials WHERE due_at IS NOT NULL) AS jobs,
        least((SELECT min(due_at) FROM submissions WHERE due_at <= $1), (SELECT min(due_at) FROM trials WHERE due_at <= $1)) AS "oldestDueAt",
        (SELECT count(*) FROM submissions WHERE verdict = 'JE' AND due_at IS NULL AND dropped_at IS NULL) AS "givenUp",
        (SELECT count(*) FROM reruns WHERE due_at IS NOT NULL) AS rejudging`,
      [this.clock.now()],
    );
    return row;
  }

  /** Puts an attempt off; one that has its result stays done. `counted`: it failed by itself, and does not deserve endless attempts. */
  async defer({ id, attempt }: Job, waitMs: number, counted: boolean, reason: string): Promise<void> {
    const now = this.clock.now();
    const change = { dueAt: now + waitMs, failures: () => (counted ? 'failures' : 'greatest(failures - 1, 0)') };
    await this.db.transaction(async (tx) => {
      await tx.update(ROWS[tableOf(id)], { id, attempt, dueAt: Not(IsNull()) }, change);
      const judging = { submissionId: id as SubmissionId, attempt, finishedAt: IsNull() };
      if (tableOf(id) === 'submissions') await tx.update(JudgingRow, judging, { finishedAt: now, reason });
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
    const noted = await tx.query<unknown[]>(FINISH, [
      ...[id, attempt, this.clock.now(), verdict, compileOutput, reason ?? null, JSON.stringify(runsOf(tests))],
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

  /** Notes what judging once more came to. False when its attempt has been overtaken or has its result already. */
  async finishRerun({ id, attempt }: Job, { verdict, compileOutput, tests, reason }: Judgement): Promise<boolean> {
    const result = { verdict, compileOutput, tests: runsOf(tests), reason: reason ?? null, dueAt: null };
    const where = { id: id as RerunId, attempt, dueAt: Not(IsNull()) };
    return (await this.db.manager.update(RerunRow, where, result)).affected === 1;
  }

  /**
   * Has a submission judged again; its verdict stays until there is a new one. An attempt that is
   * under way is overtaken: it may have begun before what the rejudge is for. False: there is no such submission.
   */
  async rejudge(id: SubmissionId, tx = this.db.manager): Promise<boolean> {
    return (await tx.query<unknown[]>(REJUDGE, [this.clock.now(), id])).length === 1;
  }

  /** The same for all that have a verdict: in a room, on a problem, or both. */
  async rejudgeAll(
    { roomId = null, slug = null }: { roomId?: RoomId | null | undefined; slug?: Slug | null | undefined },
    tx = this.db.manager,
  ): Promise<SubmissionId[]> {
    const rows = await tx.query<{ id: SubmissionId }[]>(REJUDGE_ALL, [this.clock.now(), roomId, slug]);
    return rows.map(({ id }) => id);
  }
}

const ROWS = { submissions: SubmissionRow, trials: TrialRow, reruns: RerunRow } as const;

/** Tests that ran as they are stored: what a program printed on a secret one is not. */
const runsOf = (tests: Judgement['tests']) =>
  tests.map(({ index, sample, verdict, cpuMs, wallMs, memoryKiB, stdout = '' }) => ({
    ...{ index, sample, verdict, cpu_ms: Math.round(cpuMs), wall_ms: Math.round(wallMs), memory_kib: memoryKiB },
    output: sample ? stdout : null,
  }));

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

/** Judged again by the problem as it is now, also in a room that has kept another form of it. */
const rejudge = (which: string) => `
  WITH again AS (
    UPDATE submissions s SET due_at = $1, failures = 0, dropped_at = NULL, attempt = s.attempt + 1 FROM room_problems p
      WHERE p.room_id = s.room_id AND p.label = s.label AND ${which} RETURNING s.id, s.room_id, s.label),
  present AS (
    UPDATE room_problems p SET digest = NULL FROM (SELECT DISTINCT room_id, label FROM again) AS touched
      WHERE p.room_id = touched.room_id AND p.label = touched.label AND p.digest IS NOT NULL)
  SELECT id FROM again`;
const REJUDGE = rejudge('s.id = $2');
const REJUDGE_ALL = rejudge(
  's.verdict IS NOT NULL AND ($2::text IS NULL OR s.room_id = $2) AND ($3::text IS NULL OR p.slug = $3)',
);
