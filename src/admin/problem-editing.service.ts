import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import type { CreateProblem, EditProblem } from '../contract/admin-requests';
import { Refusal } from '../contract/refusals';
import type { Slug } from '../contract/terms';
import { renderStatement } from '../problems/statement';
import { AuditStore, type Actor } from '../store/audit.store';
import { ProblemEditingStore, type ProblemFields } from '../store/problem-editing.store';
import type { ProblemRow } from '../store/tables/problems';

/** A change of a problem that is under way. */
interface Editing {
  readonly tx: EntityManager;
  readonly before: ProblemRow;
  /** To be called before anything changes that a verdict or a reader depends on. What changes names the new form. */
  readonly begin: (...change: readonly unknown[]) => Promise<void>;
  readonly note: (action: string, detail: object) => Promise<void>;
}

/**
 * Problems as they are made and changed by hand. What is changed holds at once for every room that starts from then
 * on; contests under way keep the form they began with, until a rejudge brings them to the new one.
 */
@Injectable()
export class ProblemEditing {
  constructor(
    private readonly store: ProblemEditingStore,
    private readonly audit: AuditStore,
  ) {}

  /** Begins a draft without tests. @throws {Refusal} problem.exists */
  create({ slug, ...given }: z.infer<typeof CreateProblem>, actor: Actor): Promise<void> {
    const fields = fieldsOf(given);
    const problem = { slug, digest: digestAfter('', slug, fields), ...(fields as ProblemFields) };
    return this.store.transaction(async (tx) => {
      await this.store.create(tx, problem);
      await this.audit.note(tx, actor, { action: 'problem.create', subject: slug, detail: { title: problem.title } });
    });
  }

  /** Changes what is named and differs. @throws {Refusal} problem.not-found */
  edit(slug: Slug, given: z.infer<typeof EditProblem>, actor: Actor): Promise<void> {
    return this.editing(slug, actor, async ({ before, tx, begin, note }) => {
      const entries = Object.entries(fieldsOf(given)) as [keyof ProblemFields, unknown][];
      const changed = entries.filter(([name, value]) => !isDeepStrictEqual(value, before[name]));
      if (changed.length === 0) return;
      await begin(changed);
      await this.store.update(tx, slug, Object.fromEntries(changed));
      const told = changed.filter(([name]) => !name.startsWith('statement'));
      await note('problem.edit', {
        changed: changed.map(([name]) => name).filter((name) => name !== 'statementHtml'),
        from: Object.fromEntries(told.map(([name]) => [name, inShort(before[name])])),
        to: Object.fromEntries(told.map(([name, value]) => [name, inShort(value)])),
      });
    });
  }

  /** Asked again it changes nothing. @throws {Refusal} problem.not-found, problem.not-ready */
  publish(slug: Slug, isPublished: boolean, actor: Actor): Promise<void> {
    return this.editing(slug, actor, async ({ before, tx, note }) => {
      if ((before.publishedAt !== null) === isPublished) return;
      if (isPublished) await this.demandTests(tx, slug);
      await this.store.publish(tx, slug, isPublished);
      await note(isPublished ? 'problem.publish' : 'problem.unpublish', { digest: before.digest });
    });
  }

  /** @throws {Refusal} problem.not-found, problem.in-use */
  delete(slug: Slug, actor: Actor): Promise<void> {
    return this.editing(slug, actor, async ({ before, tx, note }) => {
      await this.store.delete(tx, slug);
      await note('problem.delete', { title: before.title, digest: before.digest });
    });
  }

  /** That there is a sample and a secret test. @throws {Refusal} problem.not-ready */
  async demandTests(tx: EntityManager, slug: Slug): Promise<void> {
    const { samples, secrets } = await this.store.sizes(tx, slug);
    if (samples === 0 || secrets === 0) throw new Refusal('problem.not-ready', { samples, secrets });
  }

  /** Gives `work` the problem under its lock, in one transaction. @throws {Refusal} problem.not-found */
  editing<T>(slug: Slug, actor: Actor, work: (editing: Editing) => Promise<T>): Promise<T> {
    return this.store.transaction(async (tx) => {
      const before = await this.store.locked(tx, slug);
      return work({
        ...{ tx, before },
        begin: (...change) => this.store.beginForm(tx, slug, digestAfter(before.digest, ...change)),
        note: (action, detail) => this.audit.note(tx, actor, { action, subject: slug, detail }),
      });
    });
  }
}

/** For the audit log: of a checker that is a program, what kind it is. */
const inShort = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'source' in value && 'kind' in value ? { kind: value.kind } : value;

/** A request's words as the columns they fill. */
function fieldsOf({ limits, statement, ...rest }: z.infer<typeof EditProblem>): Partial<ProblemFields> {
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  return {
    ...given,
    ...limits,
    ...(statement !== undefined && { statement, statementHtml: renderStatement(statement) }),
  };
}

/** Of a form that came of another by a change: as unlike any other as if all of it were read. */
const digestAfter = (before: string, ...change: readonly unknown[]): string =>
  createHash('sha256')
    .update(JSON.stringify([before, ...change]))
    .digest('hex');
