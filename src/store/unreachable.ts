import { QueryFailedError } from 'typeorm';

/** SQLSTATE classes and socket errors that say the database is out of reach, not that we asked wrongly. */
const UNREACHABLE = /^(08|57P0|53300|ECONN|EPIPE|ENOENT|EACCES|ETIMEDOUT|EHOST|ENET|ENOTFOUND|EAI_AGAIN)/;

/** Whether an error means that the database cannot be reached right now. */
export function isUnreachable(error: unknown): boolean {
  const cause = error instanceof QueryFailedError ? (error.driverError as Error) : error;
  if (!(cause instanceof Error)) return false;
  const { code } = cause as { code?: unknown };
  return (
    (typeof code === 'string' && UNREACHABLE.test(code)) ||
    /^(Connection terminated|timeout exceeded when trying to connect|Driver not Connected|Client has encountered a connection error)/.test(
      cause.message,
    )
  );
}
