import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LANGUAGES, type LanguageRecipe } from '../../src/adapters/embedded/judge/languages';
import type { TestVerdict } from '../../src/contract/terms';
import type { JudgeJob } from '../../src/ports';
import { simpleJob } from './judge-programs';

/*
 * What a language must be able to do, and must not: one program of each kind in each language that can
 * do such a thing, in test/programs/languages/<language>/<kind>.<extension>.
 */

const HOW_MANY = 1_000_000;
const MODULUS = 1_000_003;
const LIMITS = { cpuMs: 10_000, wallMs: 60_000, memoryKiB: 262_144 + 65_536, outputBytes: 65_536, fileBytes: 2 ** 20 };
const COMPILE = { compileCpuMs: 20_000, compileWallMs: 120_000, compileMemoryKiB: 1_048_576 };

/** So many numbers, the same each time, and what a program must find that has sorted them. */
function aMillion(): { readonly input: string; readonly answer: string } {
  let state = 1;
  const numbers = Array.from({ length: HOW_MANY }, () => (state = (state * 48_271) % 2_147_483_647) % 1_000_000);
  const input = `${HOW_MANY}\n${numbers.join('\n')}\n`;
  const sorted = Float64Array.from(numbers).sort();
  return { input, answer: String(sorted.reduce((sum, number, i) => (sum + (i + 1) * number) % MODULUS, 0)) };
}

const { input, answer } = aMillion();

interface Demand {
  readonly verdict: TestVerdict | 'CE';
  readonly input?: string;
  readonly answer?: string;
}

/** What each kind of program must come to. */
export const KINDS = {
  sort: { verdict: 'AC', input, answer },
  broken: { verdict: 'CE' },
  nothing: { verdict: 'CE' },
  crash: { verdict: 'RTE' },
  slow: { verdict: 'TLE' },
  big: { verdict: 'MLE' },
  deep: { verdict: 'AC', answer: '100000' },
  threads: { verdict: 'AC', answer: '2002000' },
  process: { verdict: 'AC', answer: 'SAFE' },
  network: { verdict: 'AC', answer: 'SAFE' },
} satisfies Readonly<Record<string, Demand>>;
type Kind = keyof typeof KINDS;

const FOLDER = join(__dirname, '../programs/languages');
const fileOf = ({ id, extension }: LanguageRecipe, kind: Kind): string => join(FOLDER, id, `${kind}.${extension}`);

/** Every language with every kind of program there is in it. */
export const LANGUAGE_PROGRAMS = LANGUAGES.flatMap((recipe) =>
  (Object.keys(KINDS) as Kind[])
    .filter((kind) => existsSync(fileOf(recipe, kind)))
    .map((kind) => ({ name: `${recipe.id} ${kind}`, recipe, kind })),
);

export function jobOfKind({ recipe, kind }: (typeof LANGUAGE_PROGRAMS)[number]): JudgeJob {
  const asked: Demand = KINDS[kind];
  const accepts = (output: string) => output.trim() === asked.answer;
  const cpuMs = kind === 'slow' ? 1_000 : LIMITS.cpuMs;
  return simpleJob(recipe.id, readFileSync(fileOf(recipe, kind), 'utf8'), {
    tests: [{ input: asked.input ?? '', ...(asked.answer !== undefined && { accepts }) }],
    limits: { ...LIMITS, ...COMPILE, cpuMs },
  });
}
