import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '../../src/adapters/embedded/postgres/embedded-postgres';
import { SystemClock } from '../../src/adapters/embedded/system.clock';
import { Catalogue } from '../../src/problems/catalogue';
import { openDatabase } from '../../src/store/database';
import { ProblemStore } from '../../src/store/problem.store';
import { prepareCluster } from './database';
import { prepareJudge } from './embedded-judge';
import { prepare } from './prepared';

/** Makes of an empty folder one as a first start leaves it that nobody came to. Only secrets are not in it. */
export async function prepareData(into: string): Promise<void> {
  const make = async (dataDir: string) => {
    await prepareCluster(dataDir);
    const postgres = await startPostgres({ dataDir, log: () => undefined });
    const db = await openDatabase(postgres.connection, 2);
    await new Catalogue(new ProblemStore(db, new SystemClock())).importBundled();
    await db.destroy();
    await postgres.stop();
  };
  await Promise.all([prepare({ what: 'database', into, make }), prepareJudge(join(into, 'judge'))]);
}

/** A data folder for servers that follow each other. */
export async function newDataDir(): Promise<string> {
  const dataDir = mkdtempSync(join(tmpdir(), 'joust-test-'));
  await prepareData(dataDir);
  return dataDir;
}
