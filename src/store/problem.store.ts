import { Injectable } from '@nestjs/common';
import { DataSource, In, IsNull, Not, type EntityManager } from 'typeorm';
import type { Checker, Label, RoomId, Slug, UserId } from '../contract/terms';
import type { SeenRoom } from '../core/room';
import { Clock } from '../ports';
import { SILENT_MS } from './engine.store';
import { keepForm } from './problem-forms';
import { ProblemFormRow, ProblemRow, TestCaseRow } from './tables/problems';

/** A problem as it is imported: everything but what the store adds. */
export interface NewProblem extends Omit<ProblemRow, 'publishedAt' | 'editedAt'> {
  readonly tests: readonly Pick<TestCaseRow, 'sample' | 'input' | 'answer' | 'note'>[];
}
/** What a judge needs of a problem. */
export interface JudgedProblem {
  readonly digest: string;
  readonly cpuMs: number;
  readonly memoryKiB: number;
  readonly checker: Checker;
  readonly tests: readonly { readonly sample: boolean; readonly input: string; readonly answer: string }[];
}
/** What contestants read of a problem. */
export interface DescribedProblem extends Pick<
  ProblemRow,
  'slug' | 'title' | 'statementHtml' | 'checker' | 'cpuMs' | 'memoryKiB'
> {
  readonly samples: readonly Pick<TestCaseRow, 'input' | 'answer' | 'note'>[];
}
interface ProblemFilter {
  readonly search?: string | undefined;
  readonly difficulty?: string | undefined;
  readonly tag?: string | undefined;
}
type Choice = SeenRoom['settings']['problems'];

@Injectable()
export class ProblemStore {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
  ) {}

  /**
   * Stores or replaces a problem and publishes it, one process at a time. Contests under way keep the form they began
   * with. `sparing`: one that was changed by hand stays as it is. False when nothing changed.
   */
  async save({ tests, ...problem }: NewProblem, sparing: 'edited' | 'none' = 'none'): Promise<boolean> {
    return this.db.transaction(async (tx) => {
      const { slug, digest } = problem;
      await tx.query('SELECT pg_advisory_xact_lock(hashtext($1))', [slug]);
      if (await tx.existsBy(ProblemRow, { slug, digest, publishedAt: Not(IsNull()) })) return false;
      if (sparing === 'edited' && (await tx.existsBy(ProblemRow, { slug, editedAt: Not(IsNull()) }))) return false;
      await keepForm(tx, slug);
      await tx.upsert(ProblemRow, { ...problem, publishedAt: this.clock.now(), editedAt: null }, ['slug']);
      await tx.delete(TestCaseRow, { slug });
      await tx.insert(
        TestCaseRow,
        tests.map((test, index) => ({ ...test, slug, index })),
      );
      return true;
    });
  }

  /** The digests of what is stored, so that only what changed needs to be read. */
  async digests(): Promise<Map<Slug, string>> {
    const rows = await this.db.manager.find(ProblemRow, { select: { slug: true, digest: true } });
    return new Map(rows.map(({ slug, digest }) => [slug, digest]));
  }

  /** Published problems by slug, from after `after` on. */
  async list({ search, difficulty, tag }: ProblemFilter, after: Slug, limit: number): Promise<ProblemRow[]> {
    const query = this.db.manager
      .createQueryBuilder(ProblemRow, 'p')
      .select(['p.slug', 'p.title', 'p.difficulty', 'p.tags'])
      .where('p.publishedAt IS NOT NULL AND p.slug > :after', { after });
    if (search) query.andWhere('strpos(lower(p.title), lower(:search)) > 0', { search });
    if (difficulty) query.andWhere('p.difficulty = :difficulty', { difficulty });
    if (tag) query.andWhere(':tag = ANY(p.tags)', { tag });
    return query.orderBy('p.slug').take(limit).getMany();
  }

  /** A published problem with its samples; null when there is none of this name. */
  async published(slug: Slug): Promise<(DescribedProblem & Pick<ProblemRow, 'difficulty' | 'tags'>) | null> {
    const [problem, samples] = await Promise.all([
      this.db.manager.findOneBy(ProblemRow, { slug, publishedAt: Not(IsNull()) }),
      this.db.manager.find(TestCaseRow, { where: { slug, sample: true }, order: { index: 'ASC' } }),
    ]);
    if (!problem) return null;
    const { title, difficulty, tags, statementHtml, checker, cpuMs, memoryKiB } = problem;
    return { slug, title, difficulty, tags, statementHtml, checker, cpuMs, memoryKiB, samples };
  }

  /** What a judge needs, tests in order: samples first. Null when there is no such problem. */
  async judged(slug: Slug): Promise<JudgedProblem | null> {
    const [row] = await this.db.manager.query<JudgedProblem[]>(
      `SELECT digest, cpu_ms AS "cpuMs", memory_kib AS "memoryKiB", checker,
          (SELECT json_agg(json_build_object('sample', sample, 'input', input, 'answer', answer) ORDER BY index)
            FROM test_cases WHERE test_cases.slug = problems.slug) AS tests
        FROM problems WHERE slug = $1`,
      [slug],
    );
    return row ?? null;
  }

  /** The same of a form that is kept for contests. Null when there is no such form. */
  async kept(slug: Slug, digest: string): Promise<JudgedProblem | null> {
    const row = await this.db.manager.findOneBy(ProblemFormRow, { slug, digest });
    if (!row) return null;
    const { cpuMs, memoryKiB, checker, tests } = row;
    return { digest, cpuMs, memoryKiB, checker, tests: tests as JudgedProblem['tests'] };
  }

  /** The problems of a room with their samples, by label, in the form that its contest keeps. */
  async ofRoom(roomId: RoomId): Promise<(DescribedProblem & { readonly label: Label })[]> {
    return this.db.manager.query(
      `SELECT label, p.slug, coalesce(f.title, p.title) AS title, coalesce(f.statement_html, p.statement_html) AS "statementHtml",
          coalesce(f.checker, p.checker) AS checker, coalesce(f.cpu_ms, p.cpu_ms) AS "cpuMs", coalesce(f.memory_kib, p.memory_kib) AS "memoryKiB",
          coalesce(f.samples, (SELECT json_agg(json_build_object('input', input, 'answer', answer, 'note', note) ORDER BY index)
            FROM test_cases t WHERE t.slug = p.slug AND sample), '[]') AS samples
        FROM room_problems r JOIN problems p ON p.slug = r.slug
          LEFT JOIN problem_forms f ON f.slug = r.slug AND f.digest = r.digest
        WHERE r.room_id = $1 ORDER BY label`,
      [roomId],
    );
  }

  /** The digest of a problem's current form, to know whether a kept copy still holds. */
  async digest(slug: Slug): Promise<string | null> {
    const row = await this.db.manager.findOne(ProblemRow, { select: { slug: true, digest: true }, where: { slug } });
    return row?.digest ?? null;
  }

  /**
   * Problems for a room: those named, or as many as asked for, picked at random, easy ones first, and
   * first of all such as none of the players has met, and none that an engine at work could not judge.
   * Empty when there are not as many as asked for.
   */
  async pick(choice: Choice, players: readonly UserId[], db: EntityManager = this.db.manager): Promise<Slug[]> {
    if (!('count' in choice)) {
      const rows = await db.find(ProblemRow, {
        select: { slug: true },
        where: { slug: In(choice), publishedAt: Not(IsNull()) },
      });
      return rows.length === choice.length ? [...choice] : [];
    }
    const rows = await db.query<{ slug: Slug }[]>(
      `SELECT slug FROM (
          SELECT slug, difficulty FROM problems p
            WHERE published_at IS NOT NULL AND ($1::text IS NULL OR difficulty = $1) AND tags @> $2::text[]
              AND (checker->'source' IS NULL OR NOT EXISTS (SELECT FROM engines
                WHERE NOT runs_checkers AND seen_at > (SELECT max(seen_at) FROM engines) - ${SILENT_MS}))
            ORDER BY EXISTS (SELECT FROM participants JOIN room_problems USING (room_id) JOIN rooms ON rooms.id = room_id
              WHERE user_id = ANY($3) AND room_problems.slug = p.slug AND started_at IS NOT NULL), random()
            LIMIT $4) AS picked
        ORDER BY array_position(ARRAY['easy', 'medium', 'hard'], difficulty), random()`,
      [choice.difficulty ?? null, choice.tags ?? [], players, choice.count],
    );
    return rows.length === choice.count ? rows.map(({ slug }) => slug) : [];
  }
}
