import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import type { z } from 'zod';
import { By, May, Me } from '../auth/user.guard';
import { ChangesQuery, RejudgeSelection, StartRejudge } from '../contract/admin-requests';
import { Nothing, PageQuery } from '../contract/requests';
import { RejudgeIdShape } from '../contract/shapes';
import type { RejudgeId, RoomId } from '../contract/terms';
import { page, PAGE_SIZE, readCursor } from '../http/pages';
import { Known, KnownRoom, Shape } from '../http/shape.pipe';
import type { Actor } from '../store/audit.store';
import { RejudgeStore } from '../store/rejudge.store';
import type { UserRow } from '../store/tables/people';
import { Rejudges, stateOf } from './rejudges.service';
import { Selections } from './selections.service';
import { isTrue } from './queries';

const KnownRejudge = new Known(RejudgeIdShape, 'rejudge.not-found');

/** Judging again, with a look at what would change before it does. */
@May('submissions.rejudge')
@Controller('api/admin/rejudges')
export class RejudgesController {
  constructor(
    private readonly store: RejudgeStore,
    private readonly rejudges: Rejudges,
    private readonly selections: Selections,
  ) {}

  @Post('preview')
  @HttpCode(200)
  async preview(@Body(new Shape(RejudgeSelection)) selection: z.infer<typeof RejudgeSelection>) {
    await this.selections.demand(selection);
    return this.store.scope(selection);
  }

  @Post()
  @HttpCode(201)
  async begin(
    @Me() { id }: UserRow,
    @By() actor: Actor,
    @Body(new Shape(StartRejudge)) { reason, ...selection }: z.infer<typeof StartRejudge>,
  ) {
    await this.selections.demand(selection);
    return shown(await this.store.get(await this.rejudges.begin(selection, reason, { ...actor, id })));
  }

  @Get()
  async list(@Query(new Shape(PageQuery)) { cursor }: z.infer<typeof PageQuery>) {
    const before = readCursor(cursor, [0, ''] as [number, string]);
    const { items, next } = page(await this.store.list(before, PAGE_SIZE + 1), ({ createdAt, id }) => [createdAt, id]);
    return { items: items.map(shown), next };
  }

  @Get(':rejudgeId')
  async get(@Param('rejudgeId', KnownRejudge) id: RejudgeId) {
    const [found, moves] = await Promise.all([this.store.get(id), this.store.moves(id)]);
    return { ...shown(found), moves };
  }

  @Get(':rejudgeId/changes')
  async changes(
    @Param('rejudgeId', KnownRejudge) id: RejudgeId,
    @Query(new Shape(ChangesQuery)) { all, cursor }: z.infer<typeof ChangesQuery>,
  ) {
    const [after] = readCursor(cursor, [''] as [string]) ?? [''];
    const rows = await this.store.changes(id, isTrue(all) ?? false, after, PAGE_SIZE + 1);
    if (rows.length === 0) await this.store.get(id);
    return page(rows, ({ submissionId }) => [submissionId]);
  }

  @Get(':rejudgeId/rooms/:roomId')
  boards(@Param('rejudgeId', KnownRejudge) id: RejudgeId, @Param('roomId', KnownRoom) roomId: RoomId) {
    return this.rejudges.boards(id, roomId);
  }

  @Post(':rejudgeId/apply')
  @HttpCode(200)
  apply(@By() actor: Actor, @Param('rejudgeId', KnownRejudge) id: RejudgeId, @Body(new Shape(Nothing)) _: unknown) {
    return this.rejudges.apply(id, actor);
  }

  @Post(':rejudgeId/discard')
  @HttpCode(204)
  async discard(
    @By() actor: Actor,
    @Param('rejudgeId', KnownRejudge) id: RejudgeId,
    @Body(new Shape(Nothing)) _: unknown,
  ): Promise<void> {
    await this.rejudges.discard(id, actor);
  }
}

function shown(found: Awaited<ReturnType<RejudgeStore['get']>>) {
  const { left: _, ...rejudge } = found;
  return { ...rejudge, state: stateOf(found) };
}
