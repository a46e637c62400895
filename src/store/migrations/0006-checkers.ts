import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Checkers1700000000006 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    // by default, for engines of processes that are not of this version yet
    await db.query(`ALTER TABLE engines ADD runs_checkers boolean NOT NULL DEFAULT true`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE engines DROP runs_checkers`);
  }
}
