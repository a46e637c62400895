import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Instant, UserId } from '../contract/terms';
import { Clock } from '../ports';
import { Conditions } from './conditions';
import { AuditRow } from './tables/audit';

/** Who asks for something from outside the rules of a room: a user by a request, or whoever has the machine. */
export interface Actor {
  readonly id: UserId | 'cli';
  readonly requestId?: string;
}
export const CLI: Actor = { id: 'cli' };

/** What an entry may be looked for by: all of it exactly. */
interface AuditFilter {
  readonly actor?: string | undefined;
  readonly action?: string | undefined;
  readonly subject?: string | undefined;
}
interface AuditEntry {
  readonly id: number;
  readonly at: Instant;
  readonly actor: UserId | 'cli';
  readonly actorName: string | null;
  readonly action: string;
  readonly subject: string;
  readonly detail: object;
  readonly requestId: string | null;
}

@Injectable()
export class AuditStore {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
  ) {}

  /** Notes what was done, as part of the change itself: neither is there without the other. */
  async note(
    tx: EntityManager,
    { id: actor, requestId }: Actor,
    entry: Pick<AuditRow, 'action' | 'subject' | 'detail'>,
  ): Promise<void> {
    await tx.insert(AuditRow, { ...entry, actor, requestId: requestId ?? null, at: this.clock.now() });
  }

  /** The latest first, from before the one with this number on. */
  async list({ actor, action, subject }: AuditFilter, before: number | null, limit: number): Promise<AuditEntry[]> {
    const where = new Conditions();
    where.add('a.actor = ?', actor);
    where.add('a.action = ?', action);
    where.add('a.subject = ?', subject);
    where.add('a.id < ?', before);
    return this.db.manager.query(
      `SELECT a.id, a.at, a.actor, u.name AS "actorName", a.action, a.subject, a.detail, a.request_id AS "requestId"
        FROM audit a LEFT JOIN users u ON u.id = a.actor ${where.sql} ORDER BY a.id DESC LIMIT ${where.value(limit)}`,
      where.values,
    );
  }
}
