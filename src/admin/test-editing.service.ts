import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import type { AddTest, EditTest } from '../contract/admin-requests';
import { Refusal } from '../contract/refusals';
import type { Slug } from '../contract/terms';
import { BOUNDS } from '../problems/problem-format';
import type { Actor } from '../store/audit.store';
import { type ListedTest, ProblemEditingStore, type Side } from '../store/problem-editing.store';
import type { TestCaseRow } from '../store/tables/problems';
import { ProblemEditing } from './problem-editing.service';

const bytesOf = (text: string) => Buffer.byteLength(text);
const sizeOf = ({ input, answer }: Pick<TestCaseRow, 'input' | 'answer'>) => bytesOf(input) + bytesOf(answer);

/** The tests of a problem as they are changed by hand: samples come first, and stay samples. */
@Injectable()
export class TestEditing {
  constructor(
    private readonly store: ProblemEditingStore,
    private readonly problems: ProblemEditing,
  ) {}

  /** Adds a test behind those of its kind; the test. @throws {Refusal} problem.not-found, test.too-large */
  add(slug: Slug, given: z.infer<typeof AddTest>, actor: Actor): Promise<ListedTest> {
    return this.problems.editing(slug, actor, async ({ tx, begin, note }) => {
      const { samples, secrets, bytes } = await this.store.sizes(tx, slug);
      demand(given, bytes);
      if (given.sample ? samples >= BOUNDS.samples : secrets >= BOUNDS.secrets) throw new Refusal('test.too-large');
      const index = given.sample ? samples : samples + secrets;
      await begin('add', index, given);
      await this.store.insertTest(tx, { slug, index, ...given });
      await note('test.add', { index, sample: given.sample, bytes: sizeOf(given) });
      return this.store.listedTest(tx, slug, index);
    });
  }

  /** Changes what is named and differs; the test from then on. @throws {Refusal} problem.not-found, test.not-found, test.too-large */
  edit(
    slug: Slug,
    index: number,
    { index: wish, ...given }: z.infer<typeof EditTest>,
    actor: Actor,
  ): Promise<ListedTest> {
    return this.problems.editing(slug, actor, async ({ tx, begin, note }) => {
      const before = await this.store.test(slug, index, tx);
      const { input, answer, note: remark, sample } = before;
      const was = { input, answer, note: remark };
      const after = { ...was, sample, ...defined(given) };
      const { samples, secrets, bytes } = await this.store.sizes(tx, slug);
      demand(after, bytes - sizeOf(before));
      const [first, last] = before.sample ? [0, samples - 1] : [samples, samples + secrets - 1];
      const to = wish === undefined ? index : Math.min(Math.max(wish, first), last);
      const changed = (['input', 'answer', 'note'] as const).filter((name) => after[name] !== was[name]);
      if (changed.length === 0 && to === index) return this.store.listedTest(tx, slug, index);
      await begin('edit', index, to, given);
      if (changed.length > 0) await this.store.updateTest(tx, slug, index, defined(given));
      if (to !== index) await this.store.moveTest(tx, slug, index, to);
      await note('test.edit', {
        changed,
        from: { index, bytes: sizeOf(before) },
        to: { index: to, bytes: sizeOf(after) },
      });
      return this.store.listedTest(tx, slug, to);
    });
  }

  /** Puts a text in place of the input or the answer. @throws {Refusal} problem.not-found, test.not-found, test.too-large */
  async put(slug: Slug, index: number, side: Side, text: string, actor: Actor): Promise<void> {
    await this.edit(slug, index, { [side]: text }, actor);
  }

  /** @throws {Refusal} problem.not-found, test.not-found, problem.not-ready where a published problem would be without */
  remove(slug: Slug, index: number, actor: Actor): Promise<void> {
    return this.problems.editing(slug, actor, async ({ before, tx, begin, note }) => {
      const test = await this.store.test(slug, index, tx);
      await begin('remove', index);
      await this.store.removeTest(tx, slug, index);
      if (before.publishedAt !== null) await this.problems.demandTests(tx, slug);
      await note('test.remove', { index, sample: test.sample, bytes: sizeOf(test) });
    });
  }
}

/** `others`: the bytes of all other tests. @throws {Refusal} test.too-large */
function demand(test: Pick<TestCaseRow, 'sample' | 'input' | 'answer'>, others: number): void {
  const most = test.sample ? BOUNDS.sample : BOUNDS.secret;
  const fits = bytesOf(test.input) <= most && bytesOf(test.answer) <= most && others + sizeOf(test) <= BOUNDS.allTests;
  if (!fits) throw new Refusal('test.too-large');
}

const defined = (given: Omit<z.infer<typeof EditTest>, 'index'>): Partial<TestCaseRow> =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
