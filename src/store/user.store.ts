import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, IsNull, Not } from 'typeorm';
import { Refusal } from '../contract/refusals';
import type { Instant, Role, UserId } from '../contract/terms';
import { UNRATED } from '../core/rating';
import { Clock } from '../ports';
import { violated } from './constraints';
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

/** Somebody whom an identity provider knows: by issuer and subject, whatever he is called there now. */
export interface Identity {
  readonly issuer: string;
  readonly subject: string;
  readonly name: string;
  readonly avatarUrl: string | null;
}

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

  /** Somebody new; or, where the same identity came in twice at once, whoever was first. */
  async insertIdentified(id: UserId, identity: Identity): Promise<UserRow> {
    const row = { id, guest: false, role: 'player' as const, ...identity, ...UNRATED, createdAt: this.clock.now() };
    await this.db.manager.createQueryBuilder().insert().into(UserRow).values(row).orIgnore().execute();
    return (await this.identified(identity))!;
  }

  async identified({ issuer, subject }: Pick<Identity, 'issuer' | 'subject'>): Promise<UserRow | null> {
    return this.db.manager.findOneBy(UserRow, { issuer, subject });
  }

  /** Gives a guest an identity; he keeps his name and all he has played. False when he is no guest any more, or somebody else has it. */
  async identify(id: UserId, { issuer, subject, avatarUrl }: Identity): Promise<boolean> {
    const link = { guest: false, issuer, subject, avatarUrl };
    const linking = this.db.manager.update(UserRow, { id, guest: true, bannedAt: IsNull() }, link);
    return linking.then(
      ({ affected }) => affected === 1,
      (error: unknown) => {
        if (violated(error) === 'users_identity') return false;
        throw error;
      },
    );
  }

  async find(id: UserId): Promise<UserRow | null> {
    return this.db.manager.findOneBy(UserRow, { id });
  }

  /** Everybody who bears exactly this name, in the order of their arrival. */
  async named(name: string): Promise<UserRow[]> {
    return this.db.manager.find(UserRow, { where: { name }, order: { createdAt: 'ASC' } });
  }

  /** The role somebody had before; null when there is nothing to change. */
  async grant(tx: EntityManager, id: UserId, role: Role): Promise<Role | null> {
    const user = await tx.findOne(UserRow, { where: { id, role: Not(role) }, lock: { mode: 'pessimistic_write' } });
    if (user) await tx.update(UserRow, { id }, { role });
    return user && user.role;
  }

  /**
   * That somebody else is an admin who can act. All of them are locked: two cannot take the right from each other at once.
   *
   * @throws {Refusal} user.last-admin
   */
  async keepAnAdmin(tx: EntityManager, id: UserId): Promise<void> {
    const admins = await tx.query<{ id: UserId }[]>(
      `SELECT id FROM users WHERE role = 'admin' AND role <> 'player' AND banned_at IS NULL ORDER BY id FOR NO KEY UPDATE`,
    );
    if (admins.length === 1 && admins[0]!.id === id) throw new Refusal('user.last-admin');
  }

  /** Gives the change and what goes with it one transaction. */
  change<T>(work: (tx: EntityManager) => Promise<T>): Promise<T> {
    return this.db.transaction(work);
  }

  /** False when he is banned already. */
  async ban(tx: EntityManager, id: UserId): Promise<boolean> {
    return (await tx.update(UserRow, { id, bannedAt: IsNull() }, { bannedAt: this.clock.now() })).affected === 1;
  }

  /** False when he is not banned. */
  async unban(tx: EntityManager, id: UserId): Promise<boolean> {
    return (await tx.update(UserRow, { id, bannedAt: Not(IsNull()) }, { bannedAt: null })).affected === 1;
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
