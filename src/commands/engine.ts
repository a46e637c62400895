import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../config';
import type { Judge } from '../ports';
import { openJudge } from '../world.module';
import { Failure } from './answer';

/**
 * Gives `use` the engine in use. What it compiles goes to a folder of its own, since a running server
 * has the usual one in hand; the sandbox itself is shared.
 */
export async function withEngine<T>(use: (judge: Judge) => Promise<T>): Promise<T> {
  const config = readConfig(process.env);
  const programs = mkdtempSync(join(tmpdir(), 'joust-programs-'));
  process.once('exit', () => rmSync(programs, { recursive: true, force: true }));
  const judge = await openJudge(config, programs);
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
