import { Injectable } from '@nestjs/common';
import { Sessions } from '../auth/sessions.service';
import { Refusal } from '../contract/refusals';
import type { SessionId, UserId } from '../contract/terms';
import { AuditStore, type Actor } from '../store/audit.store';
import { SessionStore } from '../store/session.store';
import { UserStore } from '../store/user.store';

/** Ends other people's sessions. Noted first: what is noted may not have come about, but nothing comes about unnoted. */
@Injectable()
export class SignOuts {
  constructor(
    private readonly sessions: Sessions,
    private readonly store: SessionStore,
    private readonly users: UserStore,
    private readonly audit: AuditStore,
  ) {}

  async all(userId: UserId, actor: Actor): Promise<void> {
    await this.note(userId, actor, {});
    await this.sessions.endAll(userId);
  }

  /** @throws {Refusal} session.not-found, for anybody else's too */
  async one(userId: UserId, sessionId: SessionId, actor: Actor): Promise<void> {
    if (!(await this.store.isOf(userId, sessionId))) throw new Refusal('session.not-found');
    await this.note(userId, actor, { sessionId });
    await this.sessions.end(sessionId);
  }

  private note(subject: UserId, actor: Actor, detail: object): Promise<void> {
    return this.users.change((tx) => this.audit.note(tx, actor, { action: 'user.sign-out', subject, detail }));
  }
}
