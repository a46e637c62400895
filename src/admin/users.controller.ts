import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import type { z } from 'zod';
import { Grants } from '../auth/grants.service';
import { By, May } from '../auth/user.guard';
import { Ban, SetRole, UsersQuery } from '../contract/admin-requests';
import { Refusal } from '../contract/refusals';
import { Nothing, PageQuery } from '../contract/requests';
import { SessionIdShape, UserIdShape } from '../contract/shapes';
import type { SessionId, UserId } from '../contract/terms';
import { page, PAGE_SIZE, readCursor } from '../http/pages';
import { Known, Shape } from '../http/shape.pipe';
import { Bans } from '../rooms/bans.service';
import type { Actor } from '../store/audit.store';
import { RoomStore } from '../store/room.store';
import { SessionStore } from '../store/session.store';
import { UserListStore } from '../store/user-list.store';
import { UserStore } from '../store/user.store';
import { isTrue } from './queries';
import { SignOuts } from './sign-outs.service';

const KnownUser = new Known(UserIdShape, 'user.not-found');
const KnownSession = new Known(SessionIdShape, 'session.not-found');

/** Who is here, what they are, and who may come in. */
@May('users.manage')
@Controller('api/admin/users')
export class UsersController {
  constructor(
    private readonly people: UserListStore,
    private readonly users: UserStore,
    private readonly rooms: RoomStore,
    private readonly sessions: SessionStore,
    private readonly grants: Grants,
    private readonly bans: Bans,
    private readonly signOuts: SignOuts,
  ) {}

  @May('users.read')
  @Get()
  async list(@Query(new Shape(UsersQuery)) { search, cursor, ...query }: z.infer<typeof UsersQuery>) {
    const filter = { role: query.role, banned: isTrue(query.banned), guest: isTrue(query.guest) };
    const beginning = search?.trim();
    if (UserIdShape.safeParse(beginning).success)
      return { items: (await this.people.withId(beginning!, filter)).map(shown), next: null };
    if (beginning) {
      const after = readCursor(cursor, ['', ''] as [string, string]);
      const rows = await this.people.named(beginning, filter, after, PAGE_SIZE + 1);
      const { items, next } = page(rows, ({ nameKey, id }) => [nameKey, id]);
      return { items: items.map(shown), next };
    }
    const before = readCursor(cursor, [0, ''] as [number, string]);
    const rows = await this.people.newest(filter, before, PAGE_SIZE + 1);
    const { items, next } = page(rows, ({ createdAt, id }) => [createdAt, id]);
    return { items: items.map(shown), next };
  }

  @May('users.read')
  @Get(':userId')
  async get(@Param('userId', KnownUser) userId: UserId) {
    const [[user], stats, sessions, openRooms] = await Promise.all([
      this.people.withId(userId, {}),
      this.users.stats(userId),
      this.people.sessionsOf(userId),
      this.rooms.openTo(userId),
    ]);
    if (!user) throw new Refusal('user.not-found');
    const winRate = stats.contests === 0 ? null : stats.wins / stats.contests;
    return { ...shown(user), stats: { ...stats, winRate, rating: user.rating }, sessions, openRooms };
  }

  @Put(':userId/role')
  @HttpCode(204)
  async grant(
    @By() actor: Actor,
    @Param('userId', KnownUser) userId: UserId,
    @Body(new Shape(SetRole)) { role }: z.infer<typeof SetRole>,
  ): Promise<void> {
    await this.mustExist(userId);
    await this.grants.grant(userId, role, actor);
  }

  @Post(':userId/ban')
  @HttpCode(204)
  async ban(
    @By() actor: Actor,
    @Param('userId', KnownUser) userId: UserId,
    @Body(new Shape(Ban)) { reason }: z.infer<typeof Ban>,
  ): Promise<void> {
    await this.mustExist(userId);
    await this.bans.ban(userId, actor, reason);
  }

  @Post(':userId/unban')
  @HttpCode(204)
  async unban(
    @By() actor: Actor,
    @Param('userId', KnownUser) userId: UserId,
    @Body(new Shape(Nothing)) _: unknown,
  ): Promise<void> {
    await this.mustExist(userId);
    await this.bans.unban(userId, actor);
  }

  @May('users.read')
  @Get(':userId/sessions')
  async signedIn(
    @Param('userId', KnownUser) userId: UserId,
    @Query(new Shape(PageQuery)) { cursor }: z.infer<typeof PageQuery>,
  ) {
    const key = readCursor(cursor, [0, ''] as [number, string]);
    const rows = await this.sessions.list(userId, key && { at: key[0], id: key[1] }, PAGE_SIZE + 1);
    if (rows.length === 0) await this.mustExist(userId);
    return page(rows, ({ createdAt, id }) => [createdAt, id]);
  }

  @Delete(':userId/sessions')
  @HttpCode(204)
  async signOut(@By() actor: Actor, @Param('userId', KnownUser) userId: UserId): Promise<void> {
    await this.mustExist(userId);
    await this.signOuts.all(userId, actor);
  }

  @Delete(':userId/sessions/:sessionId')
  @HttpCode(204)
  async signOutOf(
    @By() actor: Actor,
    @Param('userId', KnownUser) userId: UserId,
    @Param('sessionId', KnownSession) sessionId: SessionId,
  ): Promise<void> {
    await this.mustExist(userId);
    await this.signOuts.one(userId, sessionId, actor);
  }

  private async mustExist(userId: UserId): Promise<void> {
    if (!(await this.users.find(userId))) throw new Refusal('user.not-found');
  }
}

const shown = <U extends { readonly nameKey: string }>({ nameKey: _, ...user }: U) => user;
