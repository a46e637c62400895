import type { LanguageId } from '../../contract/terms';
import type { Language } from '../../ports';
import { KNOWN_LANGUAGES, type KnownLanguage } from '../known-languages';
import type { Judge0Config, Judge0Language } from './shapes';

/** A language of ours as one Judge0 runs it. Its numbers differ between releases; names tell. */
export interface OfferedLanguage extends Language {
  readonly number: number;
  /** What its compiler is told; absent where Judge0 takes no options. */
  readonly compilerOptions?: string;
}

interface Judge0Name {
  /** With the version last. */
  readonly name: RegExp;
  /** Needs more address space than Judge0 ever grants. */
  readonly node?: true;
  /** Is another language unless its compiler is told. */
  readonly byOptions?: true;
}

/** How Judge0 names our languages. */
const NAMES: Readonly<Record<keyof typeof KNOWN_LANGUAGES, Judge0Name>> = {
  c: { name: /^C \(GCC ([\d.]+)\)$/ },
  cpp: { name: /^C\+\+ \(GCC ([\d.]+)\)$/ },
  // older ones do not know the standard by its name
  cpp20: { name: /^C\+\+ \(GCC (\d\d[\d.]*)\)$/, byOptions: true },
  python: { name: /^Python \((3[\d.]*)\)$/ },
  javascript: { name: /^JavaScript \(Node\.js ([\d.]+)\)$/, node: true },
  typescript: { name: /^TypeScript \(([\d.]+)\)$/, node: true },
  java: { name: /^Java \((?:OpenJDK|JDK) ([\d.]+)\)$/ },
  kotlin: { name: /^Kotlin \(([\d.]+)\)$/ },
  go: { name: /^Go \(([\d.]+)\)$/ },
  rust: { name: /^Rust \(([\d.]+)\)$/ },
  csharp: { name: /^C# \(Mono ([\d.]+)\)$/ },
  ruby: { name: /^Ruby \(([\d.]+)\)$/ },
  php: { name: /^PHP \(([\d.]+)\)$/ },
  pascal: { name: /^Pascal \(FPC ([\d.]+)\)$/ },
  haskell: { name: /^Haskell \(GHC ([\d.]+)\)$/ },
};

/**
 * As the embedded judge compiles: without them Judge0 knows neither -O2 nor the standard. Others answer
 * 422 to options. They stand before the source, where a linker drops a library that nothing has needed yet.
 */
const COMPILER_OPTIONS: Readonly<Record<LanguageId, string>> = {
  c: '-std=c17 -O2 -Wl,--no-as-needed -lm',
  cpp: '-std=c++17 -O2 -pthread',
  cpp20: '-std=c++20 -O2 -pthread',
};

export interface LanguageChoice {
  /** Judge0's numbers for languages of ours, in place of what their names would give. */
  readonly numbers: ReadonlyMap<LanguageId, number>;
  readonly noCgroup: boolean;
}

/** Of what Judge0 lists, what we offer: for each language of ours the number it was given, or its newest version. */
export function offeredLanguages(
  listed: readonly Judge0Language[],
  config: Judge0Config,
  { numbers, noCgroup }: LanguageChoice,
): OfferedLanguage[] {
  return Object.values(KNOWN_LANGUAGES).flatMap((known: KnownLanguage & { id: keyof typeof KNOWN_LANGUAGES }) => {
    const { name, node, byOptions } = NAMES[known.id];
    const given = numbers.get(known.id);
    if (given === undefined && noCgroup && node) return [];
    const found = given === undefined ? newest(listed, name) : listed.find(({ id }) => id === given);
    if (!found) return [];
    const isTold = takesOptions(found.name, config);
    if (byOptions && !isTold) return [];
    const options = COMPILER_OPTIONS[known.id];
    return {
      ...known,
      number: found.id,
      version: name.exec(found.name)?.[1] ?? found.name,
      ...(options !== undefined && isTold && { compilerOptions: options }),
    };
  });
}

function newest(listed: readonly Judge0Language[], name: RegExp): Judge0Language | undefined {
  const version = (language: Judge0Language) => name.exec(language.name)?.[1] ?? '';
  return listed
    .filter((language) => version(language) !== '')
    .toSorted((a, b) => version(a).localeCompare(version(b), 'en', { numeric: true }))
    .at(-1);
}

function takesOptions(name: string, config: Judge0Config): boolean {
  const allowed = config.allowed_languages_for_compile_options;
  return config.enable_compiler_options && (allowed.length === 0 || allowed.includes(name.split(' (')[0]!));
}
