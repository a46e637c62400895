import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import type { z } from 'zod';
import { By, May } from '../auth/user.guard';
import { AdminProblemsQuery, CreateProblem, EditProblem, RenderStatement } from '../contract/admin-requests';
import { Nothing } from '../contract/requests';
import { SlugShape } from '../contract/shapes';
import type { Slug } from '../contract/terms';
import { page, PAGE_SIZE, readCursor } from '../http/pages';
import { Known, Shape } from '../http/shape.pipe';
import { renderStatement } from '../problems/statement';
import type { Actor } from '../store/audit.store';
import { ProblemEditingStore } from '../store/problem-editing.store';
import { ProblemEditing } from './problem-editing.service';
import { isTrue } from './queries';

const KnownSlug = new Known(SlugShape, 'problem.not-found');

/** Problems as their setters see them, drafts too. */
@May('problems.edit')
@Controller('api/admin')
export class AdminProblemsController {
  constructor(
    private readonly store: ProblemEditingStore,
    private readonly editing: ProblemEditing,
  ) {}

  @May('problems.read')
  @Get('problems')
  async list(@Query(new Shape(AdminProblemsQuery)) { cursor, ...query }: z.infer<typeof AdminProblemsQuery>) {
    const [after] = readCursor(cursor, [''] as [string]) ?? [''];
    const filter = { ...query, published: isTrue(query.published) };
    return page(await this.store.list(filter, after, PAGE_SIZE + 1), ({ slug }) => [slug]);
  }

  @Post('problems')
  @HttpCode(201)
  async create(@By() actor: Actor, @Body(new Shape(CreateProblem)) body: z.infer<typeof CreateProblem>) {
    await this.editing.create(body, actor);
    return this.get(body.slug);
  }

  @Post('statements')
  @HttpCode(200)
  render(@Body(new Shape(RenderStatement)) { statement }: z.infer<typeof RenderStatement>) {
    return { statementHtml: renderStatement(statement) };
  }

  @May('problems.read')
  @Get('problems/:slug')
  async get(@Param('slug', KnownSlug) slug: Slug) {
    const { cpuMs, memoryKiB, ...problem } = await this.store.get(slug);
    return { ...problem, limits: { cpuMs, memoryKiB } };
  }

  @Patch('problems/:slug')
  async edit(
    @By() actor: Actor,
    @Param('slug', KnownSlug) slug: Slug,
    @Body(new Shape(EditProblem)) body: z.infer<typeof EditProblem>,
  ) {
    await this.editing.edit(slug, body, actor);
    return this.get(slug);
  }

  @Delete('problems/:slug')
  @HttpCode(204)
  async delete(@By() actor: Actor, @Param('slug', KnownSlug) slug: Slug): Promise<void> {
    await this.editing.delete(slug, actor);
  }

  @Post('problems/:slug/publish')
  @HttpCode(204)
  async publish(
    @By() actor: Actor,
    @Param('slug', KnownSlug) slug: Slug,
    @Body(new Shape(Nothing)) _: unknown,
  ): Promise<void> {
    await this.editing.publish(slug, true, actor);
  }

  @Post('problems/:slug/unpublish')
  @HttpCode(204)
  async unpublish(
    @By() actor: Actor,
    @Param('slug', KnownSlug) slug: Slug,
    @Body(new Shape(Nothing)) _: unknown,
  ): Promise<void> {
    await this.editing.publish(slug, false, actor);
  }
}
