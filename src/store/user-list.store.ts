import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Instant, Role, UserId } from '../contract/terms';
import { Clock } from '../ports';
import { Conditions } from './conditions';

interface UserFilter {
  readonly role?: Role | undefined;
  readonly banned?: boolean | undefined;
  readonly guest?: boolean | undefined;
}
/** A user as our own staff sees him. */
interface ListedUser {
  readonly id: UserId;
  readonly name: string;
  readonly guest: boolean;
  readonly role: Role;
  readonly avatarUrl: string | null;
  readonly issuer: string | null;
  readonly createdAt: Instant;
  readonly bannedAt: Instant | null;
  readonly rating: number;
  /** By which a search is ordered. */
  readonly nameKey: string;
}

/** No name has anything behind it that sorts after this. */
const LAST = '\u{10ffff}';

/** Everybody, for our own staff. */
@Injectable()
export class UserListStore {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
  ) {}

  /** The newest first, from before the one at `before` on. */
  newest(filter: UserFilter, before: readonly [Instant, string] | null, limit: number): Promise<ListedUser[]> {
    const where = filtered(filter);
    where.add('(created_at, id) < (?, ?)', ...(before ?? [null]));
    return this.query(where, 'created_at DESC, id DESC', limit);
  }

  /** Those whose name begins so, in any case, by name and from after the one at `after` on. */
  named(
    beginning: string,
    filter: UserFilter,
    after: readonly [string, string] | null,
    limit: number,
  ): Promise<ListedUser[]> {
    const where = filtered(filter);
    where.add(`${NAME_KEY} >= lower(?) COLLATE "C"`, beginning);
    where.add(`${NAME_KEY} < lower(?) COLLATE "C"`, beginning + LAST);
    where.add(`(${NAME_KEY}, id) > (?, ?)`, ...(after ?? [null]));
    return this.query(where, `${NAME_KEY}, id`, limit);
  }

  /** The one with this id, if there is one and he fits. */
  withId(id: string, filter: UserFilter): Promise<ListedUser[]> {
    const where = filtered(filter);
    where.add('id = ?', id);
    return this.query(where, 'id', 1);
  }

  /** How many sessions let somebody in. */
  async sessionsOf(userId: UserId): Promise<number> {
    const [row] = await this.db.manager.query<[{ count: number }]>(
      `SELECT count(*) AS count FROM sessions WHERE user_id = $1 AND revoked_at IS NULL
        AND EXISTS (SELECT FROM refresh_tokens WHERE session_id = sessions.id AND expires_at > $2)`,
      [userId, this.clock.now()],
    );
    return row.count;
  }

  private query(where: Conditions, order: string, limit: number): Promise<ListedUser[]> {
    return this.db.manager.query(
      `SELECT id, name, guest, role, avatar_url AS "avatarUrl", issuer, created_at AS "createdAt", banned_at AS "bannedAt",
          round(rating)::int AS rating, ${NAME_KEY} AS "nameKey"
        FROM users ${where.sql} ORDER BY ${order} LIMIT ${where.value(limit)}`,
      where.values,
    );
  }
}

const NAME_KEY = 'lower(name) COLLATE "C"';

function filtered({ role, banned, guest }: UserFilter): Conditions {
  const where = new Conditions();
  where.add('role = ?', role);
  // What the index over the few who are no players is about.
  if (role !== undefined && role !== 'player') where.add(`role <> 'player'`);
  if (banned !== undefined) where.add(`banned_at IS ${banned ? 'NOT ' : ''}NULL`);
  where.add('guest = ?', guest);
  return where;
}
