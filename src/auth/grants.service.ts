import { Injectable } from '@nestjs/common';
import { Refusal } from '../contract/refusals';
import type { Role, UserId } from '../contract/terms';
import { AuditStore, type Actor } from '../store/audit.store';
import { UserStore } from '../store/user.store';

/** Gives people roles. */
@Injectable()
export class Grants {
  constructor(
    private readonly users: UserStore,
    private readonly audit: AuditStore,
  ) {}

  /**
   * Gives somebody a role; every process goes by it within 5 s. False: he had it already, or there is nobody with
   * this id. Whoever has the machine may do all of it: from there an admin can always be made again.
   *
   * @throws {Refusal} auth.forbidden for his own, user.last-admin
   */
  grant(userId: UserId, role: Role, actor: Actor): Promise<boolean> {
    if (actor.id === userId) throw new Refusal('auth.forbidden');
    return this.users.change(async (tx) => {
      if (role !== 'admin' && actor.id !== 'cli') await this.users.keepAnAdmin(tx, userId);
      const from = await this.users.grant(tx, userId, role);
      if (from !== null)
        await this.audit.note(tx, actor, { action: 'user.grant', subject: userId, detail: { from, to: role } });
      return from !== null;
    });
  }
}
