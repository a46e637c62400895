import { QueryFailedError } from 'typeorm';

const DEADLOCK = '40P01';
const TRIES = 3;

/**
 * Runs a transaction again that PostgreSQL broke off because it and another waited for each other.
 * What it does beyond the database it must bear to do twice.
 */
export async function despiteDeadlock<T>(transaction: () => Promise<T>, tries = TRIES): Promise<T> {
  try {
    return await transaction();
  } catch (error) {
    if (tries > 1 && isDeadlock(error)) return despiteDeadlock(transaction, tries - 1);
    throw error;
  }
}

const isDeadlock = (error: unknown): boolean =>
  error instanceof QueryFailedError && (error.driverError as { code?: string }).code === DEADLOCK;
