import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import type { Slug } from '../contract/terms';
import { ProblemStore } from '../store/problem.store';
import { listProblemFolders, readProblemFolder, type ProblemPackage } from './problem-folder';
import { renderStatement } from './statement';

/** The problems that come with Joust. */
export const BUNDLED = join(__dirname, '..', '..', 'problems');
/** Of what is stored for the same folder: raised when statements are rendered differently. */
const RENDERING = 1;

/** Gets problems into the store. */
@Injectable()
export class Catalogue implements OnModuleInit {
  private readonly log = new Logger('problems');

  constructor(private readonly store: ProblemStore) {}

  async onModuleInit(): Promise<void> {
    const slugs = await this.importBundled();
    if (slugs.length > 0) this.log.log(`Imported ${slugs.length} bundled problems: ${slugs.join(', ')}`);
  }

  /** Brings the bundled problems up to date; those that are there to the letter, or were changed by hand, are left alone. The slugs of the others. */
  async importBundled(): Promise<Slug[]> {
    const folders = await listProblemFolders(BUNDLED);
    const changed = await Promise.all(folders.map((folder) => this.import(folder, 'edited')));
    return changed.flatMap(({ slug, isNew }) => (isNew ? [slug] : []));
  }

  /** Stores and publishes the problem in a folder. @throws {ProblemDefects} with everything that is wrong with it */
  async import(folder: string, sparing: 'edited' | 'none' = 'none'): Promise<{ slug: string; isNew: boolean }> {
    const found = await readProblemFolder(folder);
    const { slug, title, difficulty, tags, statement, checker, limits } = found;
    const problem = {
      ...{ slug, title, difficulty, tags: [...tags], statement, checker, ...limits },
      statementHtml: renderStatement(statement),
      digest: digestOf(found),
      tests: [
        ...found.samples.map(({ input, answer, note }) => ({ sample: true, input, answer, note: note ?? null })),
        ...found.secrets.map(({ input, answer }) => ({ sample: false, input, answer, note: null })),
      ],
    };
    return { slug, isNew: await this.store.save(problem, sparing) };
  }
}

/** Of all that is stored; solutions are not. */
function digestOf({ solutions: _, ...stored }: ProblemPackage): string {
  return createHash('sha256')
    .update(JSON.stringify([RENDERING, stored]))
    .digest('hex');
}
