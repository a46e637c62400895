import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Instant, Role, UserId } from '../contract/terms';
import { UNRATED } from '../core/rating';
import { Clock } from '../ports';
import { UserRow, type HistoryRow } from './tables/people';

interface Stats {
  readonly contests: number;
  readonly wins: number;
  readonly losses: number;
  readonly draws: number;
  readonly solved: number;
}
type PastContest = Readonly<Omit<HistoryRow, 'userId' | 'opponentId' | 'opponentName'>> & {
  readonly opponent: { readonly userId: UserId; readonly name: string };
};

@Injectable()
export class UserStore {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
  ) {}

  async insertGuest(id: UserId, name: string): Promise<UserRow> {
    const user = { id, name, guest: true, role: 'player' as const, avatarUrl: null, issuer: null, subject: null };
    const row = { ...user, ...UNRATED, createdAt: this.clock.now(), bannedAt: null };
    await this.db.manager.insert(UserRow, row);
    return this.db.manager.create(UserRow, row);
  }

  async find(id: UserId): Promise<UserRow | null> {
    return this.db.manager.findOneBy(UserRow, { id });
  }

  /** Everybody who bears exactly this name, in the order of their arrival. */
  async named(name: string): Promise<UserRow[]> {
    return this.db.manager.find(UserRow, { where: { name }, order: { createdAt: 'ASC' } });
  }

  /** False when there is no such user. */
  async grant(id: UserId, role: Role): Promise<boolean> {
    return (await this.db.manager.update(UserRow, { id }, { role })).affected === 1;
  }

  async stats(id: UserId): Promise<Stats> {
    const [row] = await this.db.manager.query<Stats[]>(
      `SELECT count(*) AS contests, count(*) FILTER (WHERE outcome = 'win') AS wins,
          count(*) FILTER (WHERE outcome = 'loss') AS losses, count(*) FILTER (WHERE outcome = 'draw') AS draws,
          coalesce(sum(solved), 0) AS solved FROM contest_history WHERE user_id = $1`,
      [id],
    );
    return row!;
  }

  /** Past contests, newest first, from before the one at `before` on. */
  async history(id: UserId, before: { at: Instant; roomId: string } | null, limit: number): Promise<PastContest[]> {
    return this.db.manager.query(
      `SELECT room_id AS "roomId", finalized_at AS "finalizedAt",
          json_build_object('userId', opponent_id, 'name', opponent_name) AS opponent, outcome, reason, rank, solved,
          penalty, casual, rating_before AS "ratingBefore", rating_after AS "ratingAfter"
        FROM contest_history WHERE user_id = $1 AND (finalized_at, room_id) < ($2, $3)
        ORDER BY finalized_at DESC, room_id DESC LIMIT $4`,
      [id, before?.at ?? Number.MAX_SAFE_INTEGER, before?.roomId ?? '', limit],
    );
  }
}
