import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { UserId } from '../contract/terms';
import { Clock } from '../ports';
import { AuditRow } from './tables/audit';

/** Who asks for something from outside the rules of a room: a user, or whoever has the machine. */
export type Actor = UserId | 'cli';

@Injectable()
export class AuditStore {
  constructor(private readonly clock: Clock) {}

  /** Notes what was done, as part of the change itself: neither is there without the other. */
  async note(tx: EntityManager, entry: Omit<AuditRow, 'id' | 'at'>): Promise<void> {
    await tx.insert(AuditRow, { ...entry, at: this.clock.now() });
  }
}
