import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { Job } from '../store/claims';
import { ProblemStore, type JudgedProblem } from '../store/problem.store';

/** What judges need of problems, read once for each form a problem has had. */
@Injectable()
export class ProblemTests {
  private readonly kept: LRUCache<string, JudgedProblem>;

  constructor(private readonly store: ProblemStore) {
    this.kept = new LRUCache<string, JudgedProblem>({
      maxSize: 256 * 1024 * 1024,
      sizeCalculation: ({ tests }) =>
        1 + 2 * tests.reduce((sum, { input, answer }) => sum + input.length + answer.length, 0),
    });
  }

  /** @throws when there is no such problem any more: nothing can be judged on it. */
  async of({ slug, form }: Pick<Job, 'slug' | 'form'>): Promise<JudgedProblem> {
    const digest = form ?? (await this.store.digest(slug));
    const kept = this.kept.get(`${slug}:${digest ?? ''}`);
    if (kept) return kept;
    const problem = form === null ? await this.store.judged(slug) : await this.store.kept(slug, form);
    if (!problem) throw new Error(`There is no problem ${slug} to judge on`);
    this.kept.set(`${slug}:${problem.digest}`, problem);
    return problem;
  }
}
