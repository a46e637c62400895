import {
  Body,
  Controller,
  Delete,
  Get,
  Header,
  HttpCode,
  Param,
  Patch,
  Post,
  Put,
  Query,
  Req,
  Res,
} from '@nestjs/common';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { By, May } from '../auth/user.guard';
import { AddTest, EditTest } from '../contract/admin-requests';
import { PageQuery } from '../contract/requests';
import { SlugShape } from '../contract/shapes';
import type { Slug } from '../contract/terms';
import { page, PAGE_SIZE, readCursor } from '../http/pages';
import { textOf } from '../http/plain-text';
import { Known, Shape } from '../http/shape.pipe';
import { BOUNDS } from '../problems/problem-format';
import type { Actor } from '../store/audit.store';
import { ProblemEditingStore, type Side } from '../store/problem-editing.store';
import { TestEditing } from './test-editing.service';

const KnownSlug = new Known(SlugShape, 'problem.not-found');
const KnownIndex = new Known(
  z
    .string()
    .regex(/^\d{1,6}$/)
    .transform(Number),
  'test.not-found',
);
const KnownSide = new Known(z.enum(['input', 'answer']), 'test.not-found');

/** The tests of a problem, secret ones too: for those who set problems alone. */
@May('problems.edit')
@Controller('api/admin/problems/:slug/tests')
export class TestsController {
  constructor(
    private readonly store: ProblemEditingStore,
    private readonly editing: TestEditing,
  ) {}

  @May('problems.read')
  @Get()
  async list(@Param('slug', KnownSlug) slug: Slug, @Query(new Shape(PageQuery)) { cursor }: z.infer<typeof PageQuery>) {
    const [after] = readCursor(cursor, [0] as [number]) ?? [-1];
    const rows = await this.store.tests(slug, after, PAGE_SIZE + 1);
    if (rows.length === 0) await this.store.get(slug);
    return page(rows, ({ index }) => [index]);
  }

  @Post()
  @HttpCode(201)
  add(
    @By() actor: Actor,
    @Param('slug', KnownSlug) slug: Slug,
    @Body(new Shape(AddTest)) body: z.infer<typeof AddTest>,
  ) {
    return this.editing.add(slug, body, actor);
  }

  @Patch(':index')
  edit(
    @By() actor: Actor,
    @Param('slug', KnownSlug) slug: Slug,
    @Param('index', KnownIndex) index: number,
    @Body(new Shape(EditTest)) body: z.infer<typeof EditTest>,
  ) {
    return this.editing.edit(slug, index, body, actor);
  }

  @Delete(':index')
  @HttpCode(204)
  async remove(
    @By() actor: Actor,
    @Param('slug', KnownSlug) slug: Slug,
    @Param('index', KnownIndex) index: number,
  ): Promise<void> {
    await this.editing.remove(slug, index, actor);
  }

  @May('problems.read')
  @Get(':index/:side')
  @Header('Content-Type', 'text/plain; charset=utf-8')
  async side(
    @Param('slug', KnownSlug) slug: Slug,
    @Param('index', KnownIndex) index: number,
    @Param('side', KnownSide) side: Side,
    @Res() response: Response,
  ): Promise<void> {
    response.send(await this.store.side(slug, index, side));
  }

  @Put(':index/:side')
  @HttpCode(204)
  async put(
    @By() actor: Actor,
    @Param('slug', KnownSlug) slug: Slug,
    @Param('index', KnownIndex) index: number,
    @Param('side', KnownSide) side: Side,
    @Req() request: Request,
  ): Promise<void> {
    const text = await textOf(request, BOUNDS.secret, 'test.too-large');
    await this.editing.put(slug, index, side, text, actor);
  }
}
