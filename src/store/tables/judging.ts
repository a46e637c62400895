import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type {
  Instant,
  Label,
  LanguageId,
  RoomId,
  SubmissionId,
  TestVerdict,
  TrialId,
  UserId,
  Verdict,
} from '../../contract/terms';
import type { Language } from '../../ports';
import { UserRow } from './people';
import { RoomRow } from './rooms';

/**
 * A scored submission, and at once the work owed for it: whoever is due is waiting for a judge. A
 * judge claims it by moving `due_at` to the end of his lease, so that what he drops becomes due again.
 */
@Entity('submissions')
@Unique('submissions_key', ['roomId', 'userId', 'key'])
@Index('submissions_due', ['dueAt'], { where: 'due_at IS NOT NULL' })
@Index('submissions_of_room', ['roomId', 'receivedSeq'])
@Index('submissions_by_arrival', ['receivedAt', 'id', 'userId', 'roomId', 'label', 'language', 'verdict'])
@Index('submissions_of_user', ['userId', 'receivedAt', 'id'])
@Index('submissions_dead', ['receivedAt', 'id'], { where: "verdict = 'JE' AND due_at IS NULL AND dropped_at IS NULL" })
@Check('submissions_verdict', `verdict IN ('AC', 'WA', 'TLE', 'MLE', 'OLE', 'RTE', 'CE', 'JE')`)
@Check('submissions_owed', 'verdict IS NOT NULL OR due_at IS NOT NULL')
export class SubmissionRow {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'submissions_pkey' }) id!: SubmissionId;
  @ForeignKey(() => RoomRow, { name: 'submissions_room' }) @Column('text') roomId!: RoomId;
  @ForeignKey(() => UserRow, { name: 'submissions_user' }) @Column('text') userId!: UserId;
  @Column('text') label!: Label;
  @Column('text') language!: LanguageId;
  @Column('text') source!: string;
  /** The client's own name for this click. */
  @Column('text') key!: string;
  @Column('bigint') receivedAt!: Instant;
  @Column('int') receivedSeq!: number;
  @Column('text', { nullable: true }) verdict!: Verdict | null;
  /** The number of the last attempt at judging it; a result of an earlier one changes nothing. */
  @Column('int', { default: 0 }) attempt!: number;
  /** Attempts in a row that came to nothing and were not the engine's outage. */
  @Column('int', { default: 0 }) failures!: number;
  @Column('bigint', { nullable: true }) dueAt!: Instant | null;
  /** The request that brought it, under which logs tell what became of it. */
  @Column('text', { nullable: true }) requestId!: string | null;
  /** Since when a judge error is left at that, and nobody is to look at it any more. */
  @Column('bigint', { nullable: true }) droppedAt!: Instant | null;
}

/** An unscored run, judged like a submission. */
@Entity('trials')
@Index('trials_due', ['dueAt'], { where: 'due_at IS NOT NULL' })
@Index('trials_of_user', ['userId'], { where: 'due_at IS NOT NULL' })
export class TrialRow {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'trials_pkey' }) id!: TrialId;
  @ForeignKey(() => RoomRow, { name: 'trials_room' }) @Column('text') roomId!: RoomId;
  @ForeignKey(() => UserRow, { name: 'trials_user' }) @Column('text') userId!: UserId;
  @Column('text') label!: Label;
  @Column('text') language!: LanguageId;
  @Column('text') source!: string;
  /** null: all samples. */
  @Column('text', { nullable: true }) input!: string | null;
  @Column('bigint') createdAt!: Instant;
  @Column('text', { nullable: true }) verdict!: Verdict | null;
  @Column('text', { nullable: true }) compileOutput!: string | null;
  @Column('jsonb', { nullable: true }) tests!: object | null;
  @Column('int', { default: 0 }) attempt!: number;
  @Column('int', { default: 0 }) failures!: number;
  @Column('bigint', { nullable: true }) dueAt!: Instant | null;
  @Column('text', { nullable: true }) requestId!: string | null;
}

/** One attempt at judging a submission. */
@Entity('judgings')
@Check('judgings_cause', `cause IN ('first', 'retry', 'rejudge')`)
export class JudgingRow {
  @ForeignKey(() => SubmissionRow, { name: 'judgings_submission' })
  @PrimaryColumn('text', { primaryKeyConstraintName: 'judgings_pkey' })
  submissionId!: SubmissionId;
  @PrimaryColumn('int', { primaryKeyConstraintName: 'judgings_pkey' }) attempt!: number;
  @Column('text') cause!: 'first' | 'retry' | 'rejudge';
  @Column('bigint') claimedAt!: Instant;
  @Column('bigint', { nullable: true }) finishedAt!: Instant | null;
  @Column('text', { nullable: true }) verdict!: Verdict | null;
  /** Why it came to nothing. */
  @Column('text', { nullable: true }) reason!: string | null;
  @Column('text', { nullable: true }) compileOutput!: string | null;
}

/** One test case of one attempt. What the program printed is kept for samples only. */
@Entity('test_runs')
export class TestRunRow {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'test_runs_pkey' }) submissionId!: SubmissionId;
  @PrimaryColumn('int', { primaryKeyConstraintName: 'test_runs_pkey' }) attempt!: number;
  @PrimaryColumn('int', { primaryKeyConstraintName: 'test_runs_pkey' }) index!: number;
  @Column('boolean') sample!: boolean;
  @Column('text') verdict!: TestVerdict;
  @Column('int') cpuMs!: number;
  @Column('int') wallMs!: number;
  @Column('int', { name: 'memory_kib' }) memoryKiB!: number;
  @Column('text', { nullable: true }) output!: string | null;
}

/** What an engine made known of itself, and when it last did. */
@Entity('engines')
export class EngineRow {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'engines_pkey' }) id!: string;
  @Column('boolean') available!: boolean;
  @Column('text') mode!: string;
  @Column('jsonb') languages!: readonly Language[];
  @Column('boolean', { default: true }) runsCheckers!: boolean;
  @Column('bigint') seenAt!: Instant;
}
