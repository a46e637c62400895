import { Injectable } from '@nestjs/common';
import { DataSource, IsNull, type EntityManager } from 'typeorm';
import { Refusal } from '../contract/refusals';
import type { Instant, RejudgeId, RoomId, Slug, SubmissionId, UserId, Verdict } from '../contract/terms';
import { Clock } from '../ports';
import { Conditions } from './conditions';
import { refuseByConstraint } from './constraints';
import { RejudgeRow } from './tables/rejudges';

/** One submission; or all with a verdict in a room, on a problem, or on a problem in a room. */
export interface Selection {
  readonly submissionId?: SubmissionId | undefined;
  readonly roomId?: RoomId | undefined;
  readonly slug?: Slug | undefined;
}
interface Scope {
  readonly submissions: number;
  readonly rooms: number;
  readonly openRooms: number;
  readonly finalRooms: number;
  readonly verdicts: readonly { readonly verdict: Verdict; readonly count: number }[];
}
/** A rejudge and how far it is. */
interface Progress {
  readonly id: RejudgeId;
  readonly submissionId: SubmissionId | null;
  readonly roomId: RoomId | null;
  readonly slug: Slug | null;
  readonly by: { readonly userId: UserId; readonly name: string };
  readonly reason: string;
  readonly submissions: number;
  readonly judged: number;
  readonly changed: number;
  readonly failed: number;
  /** Of the changed ones, those that are neither in force nor overtaken. */
  readonly left: number;
  readonly createdAt: Instant;
  readonly appliedAt: Instant | null;
  readonly discardedAt: Instant | null;
}
/** A submission in a rejudge: its verdict, and the one it got. */
interface Rerun {
  readonly submissionId: SubmissionId;
  readonly roomId: RoomId;
  readonly before: Verdict;
  readonly after: Verdict | null;
}

const CHANGED = `verdict IS NOT NULL AND verdict <> 'JE' AND verdict <> before`;
const LEFT = `${CHANGED} AND applied_at IS NULL AND overtaken_at IS NULL`;

/** Submissions that are judged once more beside their verdicts, until that is applied or discarded. */
@Injectable()
export class RejudgeStore {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
  ) {}

  /** What a rejudge of these would touch. */
  async scope(selection: Selection): Promise<Scope> {
    const { where, values } = selected(selection);
    const [row] = await this.db.manager.query<[Scope]>(
      `WITH chosen AS (${CHOSEN} ${where}),
        touched AS (SELECT DISTINCT room_id, finalized_at FROM chosen)
        SELECT (SELECT count(*) FROM chosen) AS submissions, (SELECT count(*) FROM touched) AS rooms,
          (SELECT count(*) FROM touched WHERE finalized_at IS NULL) AS "openRooms",
          (SELECT count(*) FROM touched WHERE finalized_at IS NOT NULL) AS "finalRooms",
          coalesce((SELECT json_agg(json_build_object('verdict', verdict, 'count', count) ORDER BY count DESC, verdict)
            FROM (SELECT verdict, count(*) AS count FROM chosen GROUP BY verdict) AS counted), '[]') AS verdicts`,
      values,
    );
    return row;
  }

  transaction<T>(work: (tx: EntityManager) => Promise<T>): Promise<T> {
    return this.db.transaction(work).catch(refuseByConstraint);
  }

  /**
   * Begins one; how many submissions it has, of at most `most`. What has no verdict or is being judged anyway is
   * left out.
   */
  async begin(
    tx: EntityManager,
    id: RejudgeId,
    selection: Selection,
    { startedBy, reason }: Pick<RejudgeRow, 'startedBy' | 'reason'>,
    most: number,
  ): Promise<number> {
    const now = this.clock.now();
    const { submissionId = null, roomId = null, slug = null } = selection;
    await tx.insert(RejudgeRow, { id, submissionId, roomId, slug, startedBy, reason, createdAt: now });
    const { where, values, value } = selected(selection);
    const rows = await tx.query<unknown[]>(
      `INSERT INTO reruns (id, rejudge_id, submission_id, before, base_attempt, due_at)
        SELECT 'rerun_' || gen_random_uuid(), ${value(id)}, chosen.id, verdict, attempt, ${value(now)}::bigint
          FROM (${CHOSEN} ${where} LIMIT ${value(most)}) AS chosen RETURNING id`,
      values,
    );
    return rows.length;
  }

  /** The newest first, from before the one at `before` on. */
  list(before: readonly [Instant, string] | null, limit: number, id?: RejudgeId): Promise<Progress[]> {
    const where = new Conditions();
    where.add('r.id = ?', id);
    where.add('(r.created_at, r.id) < (?, ?)', ...(before ?? [null]));
    return this.db.manager.query(
      `SELECT r.id, r.submission_id AS "submissionId", r.room_id AS "roomId", r.slug, r.reason,
          json_build_object('userId', u.id, 'name', u.name) AS by, counted.*, r.created_at AS "createdAt",
          r.applied_at AS "appliedAt", r.discarded_at AS "discardedAt"
        FROM rejudges r JOIN users u ON u.id = r.started_by, LATERAL (
          SELECT count(*) AS submissions, count(verdict) AS judged, count(*) FILTER (WHERE ${CHANGED}) AS changed,
              count(*) FILTER (WHERE verdict = 'JE') AS failed, count(*) FILTER (WHERE ${LEFT}) AS left
            FROM reruns WHERE rejudge_id = r.id) AS counted
        ${where.sql} ORDER BY r.created_at DESC, r.id DESC LIMIT ${where.value(limit)}`,
      where.values,
    );
  }

  /** @throws {Refusal} rejudge.not-found */
  async get(id: RejudgeId): Promise<Progress> {
    const [found] = await this.list(null, 1, id);
    if (!found) throw new Refusal('rejudge.not-found');
    return found;
  }

  /** How many went from which verdict to which. */
  moves(id: RejudgeId): Promise<{ before: Verdict; after: Verdict; count: number }[]> {
    return this.db.manager.query(
      `SELECT before, verdict AS after, count(*) AS count FROM reruns WHERE rejudge_id = $1 AND verdict IS NOT NULL
        GROUP BY before, verdict ORDER BY count DESC, before, verdict`,
      [id],
    );
  }

  /** Its submissions by id, from after the one at `after` on: all, or those that got another verdict. */
  changes(id: RejudgeId, all: boolean, after: string, limit: number) {
    return this.db.manager.query<object[]>(
      `SELECT x.submission_id AS "submissionId", s.room_id AS "roomId", r.code AS "roomCode", s.user_id AS "userId",
          u.name, s.label AS problem, p.slug, x.before, x.verdict AS after, x.applied_at AS "appliedAt",
          r.finalized_at IS NOT NULL AS "roomIsFinal"
        FROM reruns x JOIN submissions s ON s.id = x.submission_id JOIN rooms r ON r.id = s.room_id
          JOIN users u ON u.id = s.user_id JOIN room_problems p ON p.room_id = s.room_id AND p.label = s.label
        WHERE x.rejudge_id = $1 AND x.submission_id > $2
          AND ($3 OR (x.verdict IS NOT NULL AND x.verdict <> 'JE' AND x.verdict <> x.before))
        ORDER BY x.submission_id LIMIT $4`,
      [id, after, all, limit],
    ) as Promise<(Rerun & Readonly<Record<string, unknown>>)[]>;
  }

  /** The new verdicts of a room. */
  async verdictsIn(id: RejudgeId, roomId: RoomId): Promise<Map<SubmissionId, Verdict>> {
    const rows = await this.db.manager.query<{ id: SubmissionId; verdict: Verdict }[]>(
      `SELECT s.id, x.verdict FROM submissions s JOIN reruns x ON x.submission_id = s.id AND x.rejudge_id = $1
        WHERE s.room_id = $2 AND x.verdict IS NOT NULL AND x.verdict <> 'JE'`,
      [id, roomId],
    );
    return new Map(rows.map(({ id: submission, verdict }) => [submission, verdict]));
  }

  /** Those that are to be applied yet, in the order they were received in. */
  left(id: RejudgeId, limit: number): Promise<(Rerun & { after: Verdict })[]> {
    return this.db.manager.query(
      `SELECT submission_id AS "submissionId", s.room_id AS "roomId", before, x.verdict AS after
        FROM (SELECT * FROM reruns WHERE rejudge_id = $1 AND ${LEFT}) AS x JOIN submissions s ON s.id = x.submission_id
        ORDER BY s.received_at, s.id LIMIT $2`,
      [id, limit],
    );
  }

  /** The rooms it touches have its problems as they are now, whatever form they had kept. */
  async bringUpToDate(tx: EntityManager, id: RejudgeId): Promise<void> {
    await tx.query(
      `UPDATE room_problems p SET digest = NULL FROM (SELECT DISTINCT room_id, label FROM submissions s
          JOIN reruns x ON x.submission_id = s.id WHERE x.rejudge_id = $1) AS touched
        WHERE p.room_id = touched.room_id AND p.label = touched.label AND p.digest IS NOT NULL`,
      [id],
    );
  }

  /**
   * Makes what it found of a submission the submission's current judging, as part of the change of its room. False, and
   * nothing is written, where it has been applied, or the submission has been judged again since.
   */
  async apply(tx: EntityManager, id: RejudgeId, submissionId: SubmissionId): Promise<boolean> {
    return (await tx.query<unknown[]>(APPLY, [id, submissionId, this.clock.now()])).length === 1;
  }

  /** Another judging of it came first; unless this one is in force itself. */
  async overtaken(id: RejudgeId, submissionId: SubmissionId): Promise<void> {
    await this.db.manager.query(
      `UPDATE reruns SET overtaken_at = $3 WHERE rejudge_id = $1 AND submission_id = $2 AND applied_at IS NULL`,
      [id, submissionId, this.clock.now()],
    );
  }

  /** False when it is settled already. */
  async settle(tx: EntityManager, id: RejudgeId, how: 'appliedAt' | 'discardedAt'): Promise<boolean> {
    const open = { id, appliedAt: IsNull(), discardedAt: IsNull() };
    const { affected } = await tx.update(RejudgeRow, open, { [how]: this.clock.now() });
    if (how === 'discardedAt') await tx.query('UPDATE reruns SET due_at = NULL WHERE rejudge_id = $1', [id]);
    return affected === 1;
  }
}

const CHOSEN = `SELECT s.id, s.room_id, s.verdict, s.attempt, r.finalized_at FROM submissions s
  JOIN rooms r ON r.id = s.room_id JOIN room_problems p ON p.room_id = s.room_id AND p.label = s.label`;

function selected({ submissionId, roomId, slug }: Selection) {
  const where = new Conditions();
  where.add('s.verdict IS NOT NULL AND s.due_at IS NULL');
  where.add('s.id = ?', submissionId);
  where.add('s.room_id = ?', roomId);
  where.add('p.slug = ?', slug);
  return { where: where.sql, values: where.values, value: (value: unknown) => where.value(value) };
}

const APPLY = `
  WITH rerun AS (SELECT * FROM reruns WHERE rejudge_id = $1 AND submission_id = $2 AND ${LEFT} FOR UPDATE),
  judged AS (
    UPDATE submissions s SET attempt = s.attempt + 1, dropped_at = NULL FROM rerun
      WHERE s.id = rerun.submission_id AND s.attempt = rerun.base_attempt RETURNING s.attempt),
  noted AS (
    INSERT INTO judgings (submission_id, attempt, cause, claimed_at, finished_at, verdict, compile_output)
      SELECT $2, judged.attempt, 'rejudge', $3, $3, rerun.verdict, rerun.compile_output FROM rerun, judged),
  ran AS (
    INSERT INTO test_runs (submission_id, attempt, index, sample, verdict, cpu_ms, wall_ms, memory_kib, output)
      SELECT $2, judged.attempt, run.* FROM judged, rerun, jsonb_to_recordset(rerun.tests) AS run
        (index int, sample boolean, verdict text, cpu_ms int, wall_ms int, memory_kib int, output text)),
  applied AS (UPDATE reruns SET applied_at = $3 FROM rerun, judged WHERE reruns.id = rerun.id)
  SELECT attempt FROM judged`;
