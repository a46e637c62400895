import type { MigrationInterface, QueryRunner } from 'typeorm';

export class SessionAgents1700000000004 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE sessions ADD agent text;
      CREATE INDEX refresh_tokens_expiry ON refresh_tokens (expires_at);
      CREATE INDEX users_banned ON users (id) WHERE banned_at IS NOT NULL;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      DROP INDEX users_banned;
      DROP INDEX refresh_tokens_expiry;
      ALTER TABLE sessions DROP agent;
    `);
  }
}
