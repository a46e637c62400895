import { createHash, randomUUID } from 'node:crypto';
import { readFile, realpath, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { LanguageRecipe } from './languages';

const ProofShape = z.object({
  command: z.string(),
  version: z.string(),
  /** Between which walls it worked. */
  walls: z.string(),
});
type Proof = z.infer<typeof ProofShape>;

/** Changes whenever a recipe does, or a file of the host that it starts with. */
export async function markOf(recipe: LanguageRecipe, places: readonly string[]): Promise<string> {
  const files = places.map(async (place) => {
    const real = await realpath(place);
    const { size, mtimeMs, ino } = await stat(real);
    return [place, real, size, mtimeMs, ino];
  });
  const sample = { command: 'command', runner: 'runner' };
  const words = [recipe.compile?.(sample, 'source'), recipe.run(sample, 'program', 0), recipe.reads, recipe.template];
  const all = [recipe.id, recipe.family, recipe.file, words, await Promise.all(files)];
  return createHash('sha256').update(JSON.stringify(all)).digest('hex');
}

/**
 * Which languages were seen to work in a box, by their marks, so that a start need not see it again: some
 * compilers take seconds to say "3 + 4 = 7". Of those that did not work nothing is kept.
 */
export class Proofs {
  private constructor(
    private readonly file: string,
    private readonly kept: ReadonlyMap<string, Proof>,
  ) {}

  /** Without a file, or with one that cannot be read, nothing is proven. */
  static async open(folder: string): Promise<Proofs> {
    const file = join(folder, 'languages.json');
    const text = await readFile(file, 'utf8').catch(() => '{}');
    const { success, data } = z.record(z.string(), ProofShape).safeParse(parsed(text));
    return new Proofs(file, new Map(success ? Object.entries(data) : []));
  }

  get(mark: string): Proof | undefined {
    return this.kept.get(mark);
  }

  /** Whole or not at all: these are all that is known from now on. */
  async replace(proven: readonly (Proof & { readonly mark: string })[]): Promise<void> {
    if (proven.length === this.kept.size && proven.every(({ mark, walls }) => this.get(mark)?.walls === walls)) return;
    const part = `${this.file}.${randomUUID()}`;
    const entries = proven.map(({ mark, command, version, walls }) => [mark, { command, version, walls }]);
    await writeFile(part, JSON.stringify(Object.fromEntries(entries)), { mode: 0o600 });
    await rename(part, this.file);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
