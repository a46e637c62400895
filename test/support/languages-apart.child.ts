import type { Verdict } from '../../src/contract/terms';
import { LANGUAGES } from '../../src/adapters/embedded/judge/languages';
import { startJudge } from './embedded-judge';
import { judgedInTheEnd } from './judge-programs';
import { jobOfKind, LANGUAGE_PROGRAMS } from './language-programs';

/* Run by runApart: judges the programs of the given kinds in every language there is, and reports as JSON on stdout. */

export interface LanguagesReport {
  readonly mode: string;
  readonly languages: readonly string[];
  readonly lacks: readonly string[];
  readonly verdicts: Readonly<Record<string, Verdict | 'error'>>;
}

async function main(kinds: readonly string[]): Promise<void> {
  const all = LANGUAGES.map(({ id }) => id);
  const { judge, stop } = await startJudge(undefined, all);
  const { mode, languages, findings } = await judge.capabilities();
  const offered = languages.map(({ id }) => id);
  const programs = LANGUAGE_PROGRAMS.filter(({ kind, recipe }) => kinds.includes(kind) && offered.includes(recipe.id));
  const verdicts = await Promise.all(
    programs.map(async (program) => [program.name, (await judgedInTheEnd(judge, jobOfKind(program))).verdict] as const),
  );
  await stop();
  const lacks = findings.filter(({ ok }) => !ok).map(({ says }) => says);
  const report: LanguagesReport = { mode, languages: offered, lacks, verdicts: Object.fromEntries(verdicts) };
  process.stdout.write(JSON.stringify(report));
}

void main((process.argv[2] ?? '').split(','));
