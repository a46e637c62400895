import type { MigrationInterface, QueryRunner } from 'typeorm';

export class DeadLetters1700000000002 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE submissions ADD dropped_at bigint;
      CREATE INDEX submissions_dead ON submissions (received_at, id)
        WHERE verdict = 'JE' AND due_at IS NULL AND dropped_at IS NULL;

      CREATE TABLE audit (
        id      bigint GENERATED ALWAYS AS IDENTITY,
        at      bigint NOT NULL,
        actor   text NOT NULL,
        action  text NOT NULL,
        subject text NOT NULL,
        detail  jsonb NOT NULL,
        CONSTRAINT audit_pkey PRIMARY KEY (id)
      );
      CREATE INDEX audit_of_subject ON audit (subject, id);
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE audit; DROP INDEX submissions_dead; ALTER TABLE submissions DROP dropped_at');
  }
}
