import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import type { Checker, Instant, Slug } from '../../contract/terms';

/** A statement with its limits; what is not published can be in no room. */
@Entity('problems')
@Check('problems_difficulty', `difficulty IN ('easy', 'medium', 'hard')`)
export class ProblemRow {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'problems_pkey' }) slug!: Slug;
  @Column('text') title!: string;
  @Column('text') difficulty!: 'easy' | 'medium' | 'hard';
  @Column('text', { array: true }) tags!: string[];
  @Column('text') statement!: string;
  /** Rendered once, when the problem is stored. */
  @Column('text') statementHtml!: string;
  @Column('int') cpuMs!: number;
  @Column('int', { name: 'memory_kib' }) memoryKiB!: number;
  @Column('jsonb') checker!: Checker;
  /** Of everything imported: the same again changes nothing. */
  @Column('text') digest!: string;
  @Column('bigint', { nullable: true }) publishedAt!: Instant | null;
  /** When it was last changed by hand; null: it is as it was imported, and the next start may bring it up to date. */
  @Column('bigint', { nullable: true }) editedAt!: Instant | null;
}

/** Samples come first, from index 0 on; secret ones follow and never leave the server. */
@Entity('test_cases')
export class TestCaseRow {
  @ForeignKey(() => ProblemRow, { name: 'test_cases_problem', onDelete: 'CASCADE' })
  @PrimaryColumn('text', { primaryKeyConstraintName: 'test_cases_pkey' })
  slug!: Slug;
  @PrimaryColumn('int', { primaryKeyConstraintName: 'test_cases_pkey' }) index!: number;
  @Column('boolean') sample!: boolean;
  @Column('text') input!: string;
  @Column('text') answer!: string;
  @Column('text', { nullable: true }) note!: string | null;
}

/** What a problem was when contests under way last used it, kept for them because it has been changed since. */
@Entity('problem_forms')
export class ProblemFormRow {
  @ForeignKey(() => ProblemRow, { name: 'problem_forms_problem' })
  @PrimaryColumn('text', { primaryKeyConstraintName: 'problem_forms_pkey' })
  slug!: Slug;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'problem_forms_pkey' }) digest!: string;
  @Column('text') title!: string;
  @Column('text') statementHtml!: string;
  @Column('int') cpuMs!: number;
  @Column('int', { name: 'memory_kib' }) memoryKiB!: number;
  @Column('jsonb') checker!: Checker;
  /** Those among the tests that are shown, so that showing them does not take reading all. */
  @Column('json') samples!: object;
  /** In order, as {@link TestCaseRow}. */
  @Column('json') tests!: object;
}
