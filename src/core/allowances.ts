import type { LanguageId, Limits } from '../contract/terms';

/** What a language is given beyond a problem's limits. */
interface Allowance {
  readonly timeFactor: number;
  readonly memoryExtraMiB: number;
}

const NONE: Allowance = { timeFactor: 1, memoryExtraMiB: 0 };

/** A virtual machine takes time to start and to warm up, and memory of its own; an interpreter is slow throughout. */
const ALLOWANCES: Readonly<Record<LanguageId, Allowance>> = {
  java: { timeFactor: 2, memoryExtraMiB: 64 },
  kotlin: { timeFactor: 2, memoryExtraMiB: 64 },
  javascript: { timeFactor: 2, memoryExtraMiB: 64 },
  typescript: { timeFactor: 2, memoryExtraMiB: 64 },
  csharp: { timeFactor: 2, memoryExtraMiB: 32 },
  go: { timeFactor: 1, memoryExtraMiB: 16 },
  haskell: { timeFactor: 2, memoryExtraMiB: 16 },
  python: { timeFactor: 3, memoryExtraMiB: 16 },
  ruby: { timeFactor: 3, memoryExtraMiB: 32 },
  php: { timeFactor: 3, memoryExtraMiB: 16 },
};

export const allowanceOf = (language: LanguageId): Allowance => ALLOWANCES[language] ?? NONE;

/** A problem's limits as they hold for programs in a language, whichever engine runs them. */
export function limitsIn(
  language: LanguageId,
  { cpuMs, memoryKiB }: Pick<Limits, 'cpuMs' | 'memoryKiB'>,
): Pick<Limits, 'cpuMs' | 'memoryKiB'> {
  const { timeFactor, memoryExtraMiB } = allowanceOf(language);
  return { cpuMs: cpuMs * timeFactor, memoryKiB: memoryKiB + memoryExtraMiB * 1024 };
}
