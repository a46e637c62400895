import { extname } from 'node:path';
import { IncludeNameShape } from '../contract/checker-program';
import type { Checker, CheckerProgram } from '../contract/terms';
import type { FolderReader } from './folder-reader';
import { BOUNDS, LANGUAGE_OF, type ProblemJson } from './problem-format';

/** Whose sources include others. */
const INCLUDING = ['c', 'cpp'];

/** The checker that problem.json names, read where it is a program; undefined, and defects, where it cannot be. */
export async function checkerIn(folder: FolderReader, named: ProblemJson['checker']): Promise<Checker | undefined> {
  if (!('file' in named)) return named;
  const { file, ...called } = named;
  const { defects } = folder;
  const names = await folder.files('checker');
  if (!names.includes(file)) {
    defects.push(`checker has no file ${file}`);
    return undefined;
  }
  const language = LANGUAGE_OF[extname(file).slice(1)];
  if (language === undefined) {
    defects.push(`checker/${file} is in no known language`);
    return undefined;
  }
  if (names.length > BOUNDS.checkerFiles) defects.push(`checker has more than ${BOUNDS.checkerFiles} files`);
  const source = (await folder.text(`checker/${file}`, BOUNDS.checker)) ?? '';
  const includes: CheckerProgram['includes'][number][] = [];
  for (const name of names.filter((one) => one !== file).slice(0, BOUNDS.checkerFiles)) {
    if (!IncludeNameShape.safeParse(name).success || !INCLUDING.includes(language)) {
      defects.push(`checker/${name} is nothing that ${file} could include`);
    }
    includes.push({ name, content: (await folder.text(`checker/${name}`, BOUNDS.checker)) ?? '' });
  }
  return { ...called, language, source, includes };
}
