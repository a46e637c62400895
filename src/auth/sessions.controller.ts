import { Controller, Delete, Get, HttpCode, Param, Query } from '@nestjs/common';
import { PageQuery } from '../contract/requests';
import { SessionIdShape } from '../contract/shapes';
import type { SessionId } from '../contract/terms';
import { page, PAGE_SIZE, readCursor } from '../http/pages';
import { Known, Shape } from '../http/shape.pipe';
import { SessionStore } from '../store/session.store';
import type { UserRow } from '../store/tables/people';
import { Sessions } from './sessions.service';
import { May, Me, MySession } from './user.guard';

/** Where somebody is signed in. */
@May('session.own')
@Controller('api/me/sessions')
export class SessionsController {
  constructor(
    private readonly sessions: Sessions,
    private readonly store: SessionStore,
  ) {}

  @Get()
  async list(
    @Me() { id: userId }: UserRow,
    @MySession() mine: SessionId,
    @Query(new Shape(PageQuery)) { cursor }: { cursor?: string | undefined },
  ) {
    const key = readCursor(cursor, [0, ''] as [number, string]);
    const before = key && { at: key[0], id: key[1] };
    const rows = await this.store.list(userId, before, PAGE_SIZE + 1);
    const sessions = rows.map((row) => ({ ...row, current: row.id === mine }));
    return page(sessions, ({ createdAt, id }) => [createdAt, id]);
  }

  @Delete(':sessionId')
  @HttpCode(204)
  async end(
    @Me() { id }: UserRow,
    @Param('sessionId', new Known(SessionIdShape, 'session.not-found')) sessionId: SessionId,
  ): Promise<void> {
    await this.sessions.endOwn(id, sessionId);
  }
}
