import type { JSX } from 'preact';
import type { LanguageId } from '../../../src/contract/terms';
import { limitsIn } from '../../../src/core/allowances';
import '../../styles/verdict.css';
import { VERDICT_WORDS, type CurrentVerdict } from '../../words/verdicts';

interface VerdictProps {
  readonly verdict: CurrentVerdict;
  /** Tests done so far, while it is judged. */
  readonly progress?: { readonly done: number; readonly of: number } | undefined;
  /** What was exceeded, such as `> 2.00 s`. */
  readonly limit?: string | null;
  readonly remark?: boolean;
}

/** A verdict: a sign, words and a tone, never a colour alone. */
export function Verdict({ verdict, progress, limit = null, remark = false }: VerdictProps): JSX.Element {
  const words = VERDICT_WORDS[verdict];
  return (
    <span class={`verdict ${words.tone}`}>
      <span class="sign" aria-hidden="true">
        {words.sign}
      </span>
      {words.name}
      {verdict === 'PENDING' && progress && ` ${progress.done}/${progress.of}`}
      {limit && ` ${limit}`}
      {remark && words.remark && <span class="remark"> ({words.remark})</span>}
    </span>
  );
}

/** What a limit verdict ran into, as far as the problem says: its limits as they hold for the language. */
export function limitOf(
  verdict: CurrentVerdict,
  language: LanguageId,
  ofProblem: { readonly cpuMs: number; readonly memoryKiB: number } | undefined,
): string | null {
  if (!ofProblem) return null;
  const limits = limitsIn(language, ofProblem);
  if (verdict === 'TLE') return `> ${(limits.cpuMs / 1000).toFixed(2)} s`;
  return verdict === 'MLE' ? `≥ ${Math.round(limits.memoryKiB / 1024)} MB` : null;
}
