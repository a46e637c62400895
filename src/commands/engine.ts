import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { readConfig } from '../config';
import type { Judge } from '../ports';
import { openJudge } from '../world.module';
import { Failure } from './answer';

/**
 * Gives `use` the engine in use. Its boxes and what it compiles are in a folder of their own, since a
 * running server has the usual one in hand; the sandbox itself is shared. They lie where the server's
 * lie, since a place for temporary files may be one from which nothing can be executed.
 */
export async function withEngine<T>(use: (judge: Judge) => Promise<T>): Promise<T> {
  const config = readConfig(process.env);
  const judgeFolder = join(config.DATA_DIR, 'judge');
  mkdirSync(judgeFolder, { recursive: true, mode: 0o711 });
  const workFolder = mkdtempSync(join(judgeFolder, 'command-'));
  process.once('exit', () => rmSync(workFolder, { recursive: true, force: true }));
  // programs of another uid may have to walk through it to their box
  chmodSync(workFolder, 0o711);
  const judge = await openJudge(config, workFolder);
  try {
    return await use(judge);
  } finally {
    await judge.close();
  }
}

/** The same, for what needs an engine that works. @throws {Failure} with all that it lacks */
export function withWorkingEngine<T>(use: (judge: Judge) => Promise<T>): Promise<T> {
  return withEngine(async (judge) => {
    const { available, findings } = await judge.capabilities();
    if (available) return use(judge);
    const lacks = findings.filter(({ ok }) => !ok).map(({ says }) => says);
    throw new Failure(`Nothing can be judged on this machine. ${lacks.join(' ')}`);
  });
}
