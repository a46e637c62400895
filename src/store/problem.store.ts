import { Injectable } from '@nestjs/common';
import { DataSource, In, IsNull, Not, type EntityManager } from 'typeorm';
import type { Checker, Slug, UserId } from '../contract/terms';
import type { SeenRoom } from '../core/room';
import { Clock } from '../ports';
import { ProblemRow, TestCaseRow } from './tables/problems';

/** A problem as it is imported: everything but what the store adds. */
export interface NewProblem extends Omit<ProblemRow, 'publishedAt'> {
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

  /** Stores or replaces a problem and publishes it. False when it was there already, to the letter. */
  async save({ tests, ...problem }: NewProblem): Promise<boolean> {
    return this.db.transaction(async (tx) => {
      const { slug, digest } = problem;
      if (await tx.existsBy(ProblemRow, { slug, digest, publishedAt: Not(IsNull()) })) return false;
      await tx.upsert(ProblemRow, { ...problem, publishedAt: this.clock.now() }, ['slug']);
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

  /** Published problems with their samples, in the order of the slugs; unknown ones are left out. */
  async withSamples(slugs: readonly Slug[]): Promise<{ problem: ProblemRow; samples: TestCaseRow[] }[]> {
    const where = { slug: In([...slugs]) };
    const [problems, samples] = await Promise.all([
      this.db.manager.findBy(ProblemRow, { ...where, publishedAt: Not(IsNull()) }),
      this.db.manager.find(TestCaseRow, { where: { ...where, sample: true }, order: { index: 'ASC' } }),
    ]);
    return slugs.flatMap((slug) => {
      const problem = problems.find((one) => one.slug === slug);
      return problem ? [{ problem, samples: samples.filter((one) => one.slug === slug) }] : [];
    });
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

  /** The digest of a problem's current form, to know whether a kept copy still holds. */
  async digest(slug: Slug): Promise<string | null> {
    const row = await this.db.manager.findOne(ProblemRow, { select: { slug: true, digest: true }, where: { slug } });
    return row?.digest ?? null;
  }

  /**
   * Problems for a room: those named, or as many as asked for, picked at random, easy ones first, and
   * first of all such as none of the players has met. Empty when there are not as many as asked for.
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
            ORDER BY EXISTS (SELECT FROM participants JOIN room_problems USING (room_id) JOIN rooms ON rooms.id = room_id
              WHERE user_id = ANY($3) AND room_problems.slug = p.slug AND started_at IS NOT NULL), random()
            LIMIT $4) AS picked
        ORDER BY array_position(ARRAY['easy', 'medium', 'hard'], difficulty), random()`,
      [choice.difficulty ?? null, choice.tags ?? [], players, choice.count],
    );
    return rows.length === choice.count ? rows.map(({ slug }) => slug) : [];
  }
}
