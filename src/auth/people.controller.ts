import { Controller, Get, Param, Query } from '@nestjs/common';
import { Refusal } from '../contract/refusals';
import { PageQuery } from '../contract/requests';
import { UserIdShape } from '../contract/shapes';
import type { UserId } from '../contract/terms';
import { page, PAGE_SIZE, readCursor } from '../http/pages';
import { Known, Shape } from '../http/shape.pipe';
import type { UserRow } from '../store/tables/people';
import { UserStore } from '../store/user.store';
import { publicUser } from './sessions.service';
import { May, Me } from './user.guard';

const Id = new Known(UserIdShape, 'user.not-found');

@May('profile.read')
@Controller('api')
export class PeopleController {
  constructor(private readonly users: UserStore) {}

  @Get('me')
  me(@Me() user: UserRow) {
    return publicUser(user);
  }

  @Get('me/stats')
  async myStats(@Me() { id }: UserRow) {
    return this.statsOf(await this.find(id));
  }

  @Get('users/:userId')
  async profile(@Param('userId', Id) id: UserId) {
    const user = await this.find(id);
    return { ...publicUser(user), stats: await this.statsOf(user) };
  }

  @Get('users/:userId/history')
  async history(
    @Param('userId', Id) id: UserId,
    @Query(new Shape(PageQuery)) { cursor }: { cursor?: string | undefined },
  ) {
    const key = readCursor(cursor, [0, ''] as [number, string]);
    const before = key && { at: key[0], roomId: key[1] };
    const rows = await this.users.history(id, before, PAGE_SIZE + 1);
    if (rows.length === 0) await this.find(id);
    return page(rows, ({ finalizedAt, roomId: last }) => [finalizedAt, last]);
  }

  private async find(id: UserId): Promise<UserRow> {
    const user = await this.users.find(id);
    if (!user) throw new Refusal('user.not-found');
    return user;
  }

  private async statsOf({ id, rating }: UserRow) {
    const stats = await this.users.stats(id);
    const winRate = stats.contests === 0 ? null : stats.wins / stats.contests;
    return { ...stats, winRate, rating: Math.round(rating) };
  }
}
