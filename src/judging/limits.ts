import type { LanguageId, Limits } from '../contract/terms';
import { limitsIn } from '../core/allowances';

const KIB = 1024;
const MIB = 1024 * KIB;

/** What a run may use where nobody has said otherwise. */
const DEFAULT_LIMITS: Limits = {
  cpuMs: 1_000,
  wallMs: 5_000,
  memoryKiB: 256 * KIB,
  outputBytes: MIB,
  fileBytes: 16 * MIB,
  compileCpuMs: 10_000,
  compileWallMs: 20_000,
  compileMemoryKiB: 1024 * KIB,
};

/** The wall clock is only a backstop for programs that sleep: a busy machine must not fail anybody. */
const wallFor = (cpuMs: number): number => 3 * cpuMs + 2_000;

interface Limited extends Pick<Limits, 'cpuMs' | 'memoryKiB'> {
  readonly tests: readonly { readonly answer: string }[];
}

/** A problem's own limits as they hold for a language, and room for twice its longest answer. */
export function limitsOf(language: LanguageId, { tests, ...own }: Limited): Limits {
  const { cpuMs, memoryKiB } = limitsIn(language, own);
  const longest = Math.max(0, ...tests.map(({ answer }) => Buffer.byteLength(answer)));
  const outputBytes = Math.max(DEFAULT_LIMITS.outputBytes, 2 * longest);
  return { ...DEFAULT_LIMITS, cpuMs, memoryKiB, wallMs: wallFor(cpuMs), outputBytes };
}
