import { QueryFailedError } from 'typeorm';

/** SQLSTATE classes and socket errors that say the database is out of reach, not that we asked wrongly. */
const UNREACHABLE = /^(08|57P0|53300|ECONN|EPIPE|ENOENT|EACCES|ETIMEDOUT|EHOST|ENET|ENOTFOUND|EAI_AGAIN)/;

/** What the drivers say without a code. */
const DISCONNECTED =
  /^(Connection terminated|timeout exceeded when trying to connect|Driver not Connected|Client has encountered a connection error)/;

/** Whether an error means that the database cannot be reached right now. */
export function isUnreachable(error: unknown): boolean {
  const cause: unknown = error instanceof QueryFailedError ? error.driverError : error;
  // Not by class: an error of the system need not be of this realm's Error.
  if (typeof cause !== 'object' || cause === null) return false;
  const { code, message } = cause as { code?: unknown; message?: unknown };
  return (
    (typeof code === 'string' && UNREACHABLE.test(code)) || (typeof message === 'string' && DISCONNECTED.test(message))
  );
}
