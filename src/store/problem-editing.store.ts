import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Refusal } from '../contract/refusals';
import type { Checker, Instant, Slug } from '../contract/terms';
import { Clock } from '../ports';
import { Conditions } from './conditions';
import { violated } from './constraints';
import { keepForm } from './problem-forms';
import { ProblemRow, TestCaseRow } from './tables/problems';

interface EditFilter {
  readonly slug?: Slug | undefined;
  readonly search?: string | undefined;
  readonly difficulty?: string | undefined;
  readonly tag?: string | undefined;
  readonly published?: boolean | undefined;
}
interface ListedProblem {
  readonly slug: Slug;
  readonly title: string;
  readonly difficulty: ProblemRow['difficulty'];
  readonly tags: readonly string[];
  readonly publishedAt: Instant | null;
  readonly editedAt: Instant | null;
  readonly samples: number;
  readonly secrets: number;
}
interface WholeProblem extends ListedProblem {
  readonly statement: string;
  readonly statementHtml: string;
  readonly cpuMs: number;
  readonly memoryKiB: number;
  readonly checker: Checker;
  readonly digest: string;
  readonly testBytes: number;
  readonly liveRooms: number;
}
/** A test without its texts, of which only the beginnings are told. */
export interface ListedTest {
  readonly index: number;
  readonly sample: boolean;
  readonly note: string | null;
  readonly inputBytes: number;
  readonly answerBytes: number;
  readonly inputStart: string;
  readonly answerStart: string;
}
export type Side = 'input' | 'answer';
/** What may be changed of a problem beside its tests. */
export type ProblemFields = Pick<
  ProblemRow,
  'title' | 'difficulty' | 'tags' | 'statement' | 'statementHtml' | 'cpuMs' | 'memoryKiB' | 'checker'
>;

const START = 200;

/** Problems for those who set them: drafts, and tests of both kinds. */
@Injectable()
export class ProblemEditingStore {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
  ) {}

  /** By slug, from after `after` on. */
  list({ slug, search, difficulty, tag, published }: EditFilter, after: Slug, limit: number): Promise<ListedProblem[]> {
    const where = new Conditions();
    where.add('p.slug > ?', after);
    where.add('p.slug = ?', slug);
    where.add('(strpos(lower(p.title), lower(?)) > 0 OR strpos(p.slug, lower(?)) > 0)', search, search);
    where.add('p.difficulty = ?', difficulty);
    where.add('? = ANY(p.tags)', tag);
    if (published !== undefined) where.add(`p.published_at IS ${published ? 'NOT ' : ''}NULL`);
    return this.db.manager.query(
      `SELECT ${LISTED} FROM problems p ${where.sql} ORDER BY p.slug LIMIT ${where.value(limit)}`,
      where.values,
    );
  }

  /** @throws {Refusal} problem.not-found */
  async get(slug: Slug): Promise<WholeProblem> {
    const [row] = await this.db.manager.query<WholeProblem[]>(
      `SELECT ${LISTED}, p.statement, p.statement_html AS "statementHtml", p.cpu_ms AS "cpuMs", p.memory_kib AS "memoryKiB",
          p.checker, p.digest,
          (SELECT coalesce(sum(octet_length(input) + octet_length(answer)), 0) FROM test_cases WHERE slug = p.slug)::int8 AS "testBytes",
          (SELECT count(*) FROM rooms r JOIN room_problems rp ON rp.room_id = r.id
            WHERE rp.slug = p.slug AND r.finalized_at IS NULL AND r.cancelled_at IS NULL) AS "liveRooms"
        FROM problems p WHERE p.slug = $1`,
      [slug],
    );
    if (!row) throw new Refusal('problem.not-found');
    return row;
  }

  /** In the order they run, from after the one at `after` on. */
  tests(slug: Slug, after: number, limit: number, db: EntityManager = this.db.manager): Promise<ListedTest[]> {
    return db.query(
      `SELECT index, sample, note, octet_length(input) AS "inputBytes", octet_length(answer) AS "answerBytes",
          left(input, ${START}) AS "inputStart", left(answer, ${START}) AS "answerStart"
        FROM test_cases WHERE slug = $1 AND index > $2 ORDER BY index LIMIT $3`,
      [slug, Math.min(Math.max(after, -1), 2_147_483_647), limit],
    );
  }

  /** The one at that place, as a transaction sees it. @throws {Refusal} test.not-found */
  async listedTest(tx: EntityManager, slug: Slug, index: number): Promise<ListedTest> {
    const [found] = await this.tests(slug, index - 1, 1, tx);
    if (found?.index !== index) throw new Refusal('test.not-found');
    return found;
  }

  /** @throws {Refusal} test.not-found */
  async side(slug: Slug, index: number, side: Side, db: EntityManager = this.db.manager): Promise<string> {
    const row = await db.findOne(TestCaseRow, { select: { [side]: true }, where: { slug, index } });
    if (!row) throw new Refusal('test.not-found');
    return row[side];
  }

  /** @throws {Refusal} problem.exists */
  async create(tx: EntityManager, problem: ProblemFields & Pick<ProblemRow, 'slug' | 'digest'>): Promise<void> {
    const row = { ...problem, publishedAt: null, editedAt: this.clock.now() };
    await tx.insert(ProblemRow, row).catch((error: unknown) => {
      throw violated(error) === 'problems_pkey' ? new Refusal('problem.exists') : error;
    });
  }

  transaction<T>(work: (tx: EntityManager) => Promise<T>): Promise<T> {
    return this.db.transaction(work);
  }

  /** The problem under its lock, to be changed in this transaction. @throws {Refusal} problem.not-found */
  async locked(tx: EntityManager, slug: Slug): Promise<ProblemRow> {
    const row = await tx.findOne(ProblemRow, { where: { slug }, lock: { mode: 'pessimistic_write' } });
    if (!row) throw new Refusal('problem.not-found');
    return row;
  }

  /** Before anything changes that a verdict or a reader depends on: contests under way keep what there was. */
  async beginForm(tx: EntityManager, slug: Slug, digest: string): Promise<void> {
    await keepForm(tx, slug);
    await tx.update(ProblemRow, { slug }, { digest, editedAt: this.clock.now() });
  }

  async update(tx: EntityManager, slug: Slug, fields: Partial<ProblemFields>): Promise<void> {
    await tx.update(ProblemRow, { slug }, { ...fields, editedAt: this.clock.now() });
  }

  async publish(tx: EntityManager, slug: Slug, isPublished: boolean): Promise<void> {
    const now = this.clock.now();
    await tx.update(ProblemRow, { slug }, { publishedAt: isPublished ? now : null, editedAt: now });
  }

  /** @throws {Refusal} problem.in-use for one that has ever been in a room */
  async delete(tx: EntityManager, slug: Slug): Promise<void> {
    await tx.delete(ProblemRow, { slug }).catch((error: unknown) => {
      throw violated(error) === 'room_problems_problem' ? new Refusal('problem.in-use') : error;
    });
  }

  /** How many tests of each kind there are, and how much there is in all of them. */
  async sizes(tx: EntityManager, slug: Slug): Promise<{ samples: number; secrets: number; bytes: number }> {
    const [row] = await tx.query<[{ samples: number; secrets: number; bytes: number }]>(
      `SELECT count(*) FILTER (WHERE sample) AS samples, count(*) FILTER (WHERE NOT sample) AS secrets,
          coalesce(sum(octet_length(input) + octet_length(answer)), 0)::int8 AS bytes FROM test_cases WHERE slug = $1`,
      [slug],
    );
    return row;
  }

  async test(slug: Slug, index: number, db: EntityManager = this.db.manager): Promise<TestCaseRow> {
    const row = await db.findOneBy(TestCaseRow, { slug, index });
    if (!row) throw new Refusal('test.not-found');
    return row;
  }

  /** Puts a test at this place; what is there and behind moves down. */
  async insertTest(tx: EntityManager, test: TestCaseRow): Promise<void> {
    await this.shift(tx, test.slug, test.index, Number.MAX_SAFE_INTEGER, 1);
    await tx.insert(TestCaseRow, test);
  }

  async updateTest(tx: EntityManager, slug: Slug, index: number, fields: Partial<TestCaseRow>): Promise<void> {
    await tx.update(TestCaseRow, { slug, index }, fields);
  }

  /** Removes a test; what is behind it moves up. */
  async removeTest(tx: EntityManager, slug: Slug, index: number): Promise<void> {
    await tx.delete(TestCaseRow, { slug, index });
    await this.shift(tx, slug, index + 1, Number.MAX_SAFE_INTEGER, -1);
  }

  /** Puts a test in another place; what is between moves by one. */
  async moveTest(tx: EntityManager, slug: Slug, from: number, to: number): Promise<void> {
    await tx.update(TestCaseRow, { slug, index: from }, { index: ASIDE });
    await this.shift(tx, slug, Math.min(from, to), Math.max(from, to), from < to ? -1 : 1);
    await tx.update(TestCaseRow, { slug, index: ASIDE }, { index: to });
  }

  /** In two steps by way of negative places, or two tests would be in one place on the way. */
  private async shift(tx: EntityManager, slug: Slug, from: number, to: number, by: 1 | -1): Promise<void> {
    const values = [slug, from, Math.min(to, 2_147_483_646), by];
    await tx.query(
      'UPDATE test_cases SET index = -1 - (index + $4::int) WHERE slug = $1 AND index BETWEEN $2 AND $3',
      values,
    );
    await tx.query(`UPDATE test_cases SET index = -1 - index WHERE slug = $1 AND index < 0 AND index <> ${ASIDE}`, [
      slug,
    ]);
  }
}

/** Where a test waits while others move. */
const ASIDE = -2_000_000_000;

const LISTED = `p.slug, p.title, p.difficulty, p.tags, p.published_at AS "publishedAt", p.edited_at AS "editedAt",
  (SELECT count(*) FROM test_cases WHERE slug = p.slug AND sample) AS samples,
  (SELECT count(*) FROM test_cases WHERE slug = p.slug AND NOT sample) AS secrets`;
