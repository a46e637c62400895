import { DataSource, DefaultNamingStrategy } from 'typeorm';
import { Init1700000000001 } from './migrations/0001-init';
import { DeadLetters1700000000002 } from './migrations/0002-dead-letters';
import { Engines1700000000003 } from './migrations/0003-engines';
import { SessionAgents1700000000004 } from './migrations/0004-session-agents';
import { Admin1700000000005 } from './migrations/0005-admin';
import { Checkers1700000000006 } from './migrations/0006-checkers';
import { PreparingClient } from './prepared';
import { AuditRow } from './tables/audit';
import { EngineRow, JudgingRow, SubmissionRow, TestRunRow, TrialRow } from './tables/judging';
import { HistoryRow, RefreshTokenRow, SessionRow, UserRow } from './tables/people';
import { ProblemFormRow, ProblemRow, TestCaseRow } from './tables/problems';
import { RejudgeRow, RerunRow } from './tables/rejudges';
import { ParticipantRow, RoomEventRow, RoomProblemRow, RoomRow } from './tables/rooms';

/** Where the database is: a server of one's own, or the socket of the embedded one. */
export type DatabaseAddress =
  | { readonly url: string }
  | { readonly host: string; readonly port: number; readonly user: string; readonly database: string };

/** All processes of one installation wait for each other here before they migrate. */
const MIGRATION_LOCK = 0x6a6f757374;

/**
 * Opens the database and brings its schema up to date, one process at a time. Migrations are
 * listed, never globbed, never edited once released, and use nothing newer than PostgreSQL 15.
 * `connections`: at most so many, at least two.
 */
export async function openDatabase(address: DatabaseAddress, connections: number): Promise<DataSource> {
  const { user, ...where } = 'url' in address ? { ...address, user: undefined } : address;
  const db = await new DataSource({
    type: 'postgres',
    ...where,
    ...(user !== undefined && { username: user }),
    applicationName: 'joust',
    parseInt8: true,
    uuidExtension: 'pgcrypto',
    installExtensions: false,
    synchronize: false,
    migrationsRun: false,
    namingStrategy: new SnakeCase(),
    entities: [
      ...[UserRow, SessionRow, RefreshTokenRow, HistoryRow],
      ...[ProblemRow, TestCaseRow, ProblemFormRow],
      ...[RoomRow, ParticipantRow, RoomProblemRow, RoomEventRow],
      ...[SubmissionRow, TrialRow, JudgingRow, TestRunRow, EngineRow],
      ...[AuditRow, RejudgeRow, RerunRow],
    ],
    migrations: [
      ...[Init1700000000001, DeadLetters1700000000002, Engines1700000000003, SessionAgents1700000000004],
      ...[Admin1700000000005, Checkers1700000000006],
    ],
    extra: {
      Client: PreparingClient,
      max: connections,
      // A query that outlives this is a fault, not a wait; a dead server must not hold requests.
      connectionTimeoutMillis: 5_000,
      statement_timeout: 30_000,
      // A process that stopped in the middle of a change must not hold its room for long.
      idle_in_transaction_session_timeout: 10_000,
    },
  }).initialize();
  try {
    await migrate(db);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  return db;
}

async function migrate(db: DataSource): Promise<void> {
  const runner = db.createQueryRunner();
  try {
    await runner.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await db.runMigrations({ transaction: 'each' });
  } finally {
    await runner.query('SELECT pg_advisory_unlock_all()');
    await runner.release();
  }
}

/** `receivedAt` is `received_at`. */
class SnakeCase extends DefaultNamingStrategy {
  override columnName(property: string, custom: string | undefined): string {
    return custom ?? property.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  }
}
