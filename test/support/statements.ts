import type { DataSource, Logger } from 'typeorm';

export interface Statement {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

/** Notes every statement a database is sent from now on. */
export function recordStatements(db: DataSource): Statement[] {
  const statements: Statement[] = [];
  const logger: Logger = {
    logQuery: (sql, parameters) => void statements.push({ sql, parameters: (parameters ?? []) as unknown[] }),
    logQueryError: () => undefined,
    logQuerySlow: () => undefined,
    logSchemaBuild: () => undefined,
    logMigration: () => undefined,
    log: () => undefined,
  };
  db.logger = logger;
  return statements;
}
