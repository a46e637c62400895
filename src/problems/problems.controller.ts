import { Controller, Get, Param, Query } from '@nestjs/common';
import type { z } from 'zod';
import { May } from '../auth/user.guard';
import { Refusal } from '../contract/refusals';
import { ProblemQuery } from '../contract/requests';
import { SlugShape } from '../contract/shapes';
import type { Slug } from '../contract/terms';
import { page, PAGE_SIZE, readCursor } from '../http/pages';
import { Known, Shape } from '../http/shape.pipe';
import { ProblemStore } from '../store/problem.store';
import { describe } from './description';

/** What may be read of problems outside a room: published ones, samples and limits, never secret tests. */
@May('catalogue.read')
@Controller('api/problems')
export class ProblemsController {
  constructor(private readonly store: ProblemStore) {}

  @Get()
  async list(@Query(new Shape(ProblemQuery)) { cursor, ...filter }: z.infer<typeof ProblemQuery>) {
    const [after] = readCursor(cursor, [''] as [string]) ?? [''];
    const rows = await this.store.list(filter, after, PAGE_SIZE + 1);
    const { items, next } = page(rows, ({ slug }) => [slug]);
    return { items: items.map(({ slug, title, difficulty, tags }) => ({ slug, title, difficulty, tags })), next };
  }

  @Get(':slug')
  async get(@Param('slug', new Known(SlugShape, 'problem.not-found')) slug: Slug) {
    const found = await this.store.published(slug);
    if (!found) throw new Refusal('problem.not-found');
    return { ...describe(found), difficulty: found.difficulty, tags: found.tags };
  }
}
