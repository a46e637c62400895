import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { Instant, RejudgeId, RerunId, RoomId, Slug, SubmissionId, UserId, Verdict } from '../../contract/terms';
import { SubmissionRow } from './judging';
import { UserRow } from './people';
import { ProblemRow } from './problems';
import { RoomRow } from './rooms';

/** Submissions that are judged once more beside their verdicts: nobody hears of it before it is applied. */
@Entity('rejudges')
@Index('rejudges_by_age', ['createdAt', 'id'])
export class RejudgeRow {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'rejudges_pkey' }) id!: RejudgeId;
  @ForeignKey(() => SubmissionRow, { name: 'rejudges_submission' })
  @Column('text', { nullable: true })
  submissionId!: SubmissionId | null;
  @ForeignKey(() => RoomRow, { name: 'rejudges_room' }) @Column('text', { nullable: true }) roomId!: RoomId | null;
  @ForeignKey(() => ProblemRow, { name: 'rejudges_problem' }) @Column('text', { nullable: true }) slug!: Slug | null;
  @ForeignKey(() => UserRow, { name: 'rejudges_user' }) @Column('text') startedBy!: UserId;
  @Column('text') reason!: string;
  @Column('bigint') createdAt!: Instant;
  /** Since when all of it is in force. */
  @Column('bigint', { nullable: true }) appliedAt!: Instant | null;
  @Column('bigint', { nullable: true }) discardedAt!: Instant | null;
}

/** One of these judgings, and at once the work owed for it, like a submission. */
@Entity('reruns')
@Unique('reruns_once', ['rejudgeId', 'submissionId'])
@Index('reruns_due', ['dueAt'], { where: 'due_at IS NOT NULL' })
@Index('reruns_of_submission', ['submissionId'])
export class RerunRow {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'reruns_pkey' }) id!: RerunId;
  @ForeignKey(() => RejudgeRow, { name: 'reruns_rejudge' }) @Column('text') rejudgeId!: RejudgeId;
  @ForeignKey(() => SubmissionRow, { name: 'reruns_submission' }) @Column('text') submissionId!: SubmissionId;
  /** The verdict it may replace, and the attempt that verdict was of: where there is a later one, this one is overtaken. */
  @Column('text') before!: Verdict;
  @Column('int') baseAttempt!: number;
  /** JE: the judge gave it up. */
  @Column('text', { nullable: true }) verdict!: Verdict | null;
  @Column('text', { nullable: true }) compileOutput!: string | null;
  @Column('jsonb', { nullable: true }) tests!: object | null;
  @Column('text', { nullable: true }) reason!: string | null;
  @Column('int', { default: 0 }) attempt!: number;
  @Column('int', { default: 0 }) failures!: number;
  @Column('bigint', { nullable: true }) dueAt!: Instant | null;
  @Column('bigint', { nullable: true }) appliedAt!: Instant | null;
  @Column('bigint', { nullable: true }) overtakenAt!: Instant | null;
}
