import { readConfig, type Config } from '../config';
import { isUnreachable } from '../store/unreachable';
import { openStore, type Say } from '../world.module';
import { Failure } from './answer';

export type OpenStore = Awaited<ReturnType<typeof openStore>>;

/** What is of no use to whoever asked is left out. */
export const say: Say = (level, line) => {
  if (level !== 'info') process.stderr.write(`${line}\n`);
};

/** Gives `use` the database: the running server's where one runs, else it is started for as long as this takes. */
export async function withStore<T>(use: (store: OpenStore) => Promise<T>): Promise<T> {
  const store = await open(readConfig(process.env));
  try {
    return await use(store);
  } catch (error) {
    if (isUnreachable(error)) throw new Failure(`The database went away: ${inWords(error)}.`);
    throw error;
  } finally {
    await store.close();
  }
}

async function open(config: Config) {
  try {
    return await openStore(config, say, true);
  } catch (error) {
    // whatever keeps a database from opening is for the operator to mend
    throw new Failure(`The database cannot be opened: ${inWords(error)}`);
  }
}

/** A connection that was refused at several addresses has no message of its own. */
function inWords(error: unknown): string {
  const { message, code } = error as { message?: string; code?: string };
  return message || code || String(error);
}
