import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Engines1700000000003 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE engines (
        id        text NOT NULL,
        available boolean NOT NULL,
        mode      text NOT NULL,
        languages jsonb NOT NULL,
        seen_at   bigint NOT NULL,
        CONSTRAINT engines_pkey PRIMARY KEY (id)
      );
      ALTER TABLE submissions ADD COLUMN request_id text;
      ALTER TABLE trials ADD COLUMN request_id text;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE trials DROP COLUMN request_id;
      ALTER TABLE submissions DROP COLUMN request_id;
      DROP TABLE engines;
    `);
  }
}
