import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { verifySolutions } from '../judging/solutions';
import { BUNDLED, Catalogue } from '../problems/catalogue';
import { listProblemFolders, ProblemDefects, readProblemFolder } from '../problems/problem-folder';
import { AuditStore, CLI } from '../store/audit.store';
import { ProblemStore } from '../store/problem.store';
import { type Answer, Failure, table } from './answer';
import { withWorkingEngine } from './engine';
import { withStore } from './store';

const MOST_LISTED = 100_000;

/** The published problems. */
export function listProblems(): Promise<Answer> {
  return withStore(async ({ db, clock }) => {
    const store = new ProblemStore(db, clock);
    // where no server has started yet, its problems are there all the same
    if ((await store.digests()).size === 0) await new Catalogue(store).importBundled();
    const rows = await store.list({}, '', MOST_LISTED);
    const problems = rows.map(({ slug, title, difficulty, tags }) => ({ slug, title, difficulty, tags }));
    const lines = problems.map(({ slug, title, difficulty, tags }) => [slug, title, difficulty, tags.join(', ')]);
    return { json: problems, text: table(['slug', 'title', 'difficulty', 'tags'], lines) };
  });
}

/** Stores and publishes the problem in a folder, in the place of one of the same name. */
export function importProblem(folder: string): Promise<Answer> {
  return withStore(async ({ db, clock }) => {
    const { slug, isNew } = await namingDefects(new Catalogue(new ProblemStore(db, clock)).import(folder));
    if (isNew)
      await new AuditStore(db, clock).note(db.manager, CLI, { action: 'problem.import', subject: slug, detail: {} });
    const text = isNew
      ? `Problem ${slug} is stored and published.`
      : `Problem ${slug} was there already, to the letter.`;
    return { json: { slug, changed: isNew }, text };
  });
}

/** Judges all solutions of a problem, or of all that are bundled, and tells which do not get what they must. */
export async function verifyProblems(given?: string): Promise<Answer> {
  const folders = given === undefined ? await listProblemFolders(BUNDLED) : [folderOf(given)];
  const problems = await Promise.all(folders.map((folder) => namingDefects(readProblemFolder(folder))));
  const reports = await withWorkingEngine((judge) => verifySolutions(judge, problems));
  const misses = reports.filter(({ ok }) => !ok);
  const rows = reports.map(({ ok, problem, solution, expected, verdict, cpuMs, memoryKiB, reason = '' }) => [
    ...[ok ? 'ok' : 'MISS', problem, solution, expected, verdict, cpuMs, memoryKiB],
    reason.split('\n')[0]!,
  ]);
  const head = ['', 'problem', 'solution', 'must get', 'got', 'cpu ms', 'KiB', ''];
  return {
    json: reports,
    text: table(head, rows),
    ...(misses.length > 0 && { wrong: `${misses.length} of ${reports.length} solutions did not get what they must.` }),
  };
}

/** A folder, or the name of a bundled problem. */
function folderOf(given: string): string {
  const found = [given, join(BUNDLED, given)].find((place) => existsSync(place));
  if (found === undefined) throw new Failure(`${given} is neither a folder nor a bundled problem.`);
  return found;
}

async function namingDefects<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof ProblemDefects)) throw error;
    throw new Failure([`Problem ${error.slug} cannot be used:`, ...error.defects.map((one) => `  ${one}`)].join('\n'));
  }
}
