import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import type { Instant, UserId } from '../../contract/terms';

/** Who did what from outside the rules of a room. Only ever added to. */
@Entity('audit')
@Index('audit_of_subject', ['subject', 'id'])
@Index('audit_of_actor', ['actor', 'id'])
@Index('audit_of_action', ['action', 'id'])
export class AuditRow {
  @PrimaryGeneratedColumn('identity', {
    type: 'bigint',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'audit_pkey',
  })
  id!: number;
  @Column('bigint') at!: Instant;
  /** Whoever has the machine is `cli`. */
  @Column('text') actor!: UserId | 'cli';
  /** Such as `dlq.replay`. */
  @Column('text') action!: string;
  /** What it was done to, by its id. */
  @Column('text') subject!: string;
  @Column('jsonb') detail!: object;
  /** Of the request that asked for it; null: none did. */
  @Column('text', { nullable: true }) requestId!: string | null;
}
