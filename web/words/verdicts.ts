import type { Verdict } from '../../src/contract/terms';

export type CurrentVerdict = Verdict | 'PENDING';

/** A verdict on the screen: a sign, words and a tone; never a colour alone. */
interface VerdictWords {
  readonly sign: string;
  readonly name: string;
  readonly tone: 'good' | 'bad' | 'odd' | 'waiting';
  /** What it means for the player. */
  readonly remark: string | null;
}

export const VERDICT_WORDS: Readonly<Record<CurrentVerdict, VerdictWords>> = {
  AC: { sign: '✓', name: 'Accepted', tone: 'good', remark: null },
  WA: { sign: '✗', name: 'Wrong answer', tone: 'bad', remark: 'costs penalty once the problem is solved' },
  TLE: { sign: '◷', name: 'Time limit', tone: 'bad', remark: 'costs penalty once the problem is solved' },
  MLE: { sign: '▣', name: 'Memory limit', tone: 'bad', remark: 'costs penalty once the problem is solved' },
  OLE: { sign: '≫', name: 'Output limit', tone: 'bad', remark: 'costs penalty once the problem is solved' },
  RTE: { sign: '!', name: 'Runtime error', tone: 'bad', remark: 'costs penalty once the problem is solved' },
  CE: { sign: '¶', name: 'Compile error', tone: 'odd', remark: 'no penalty' },
  JE: { sign: '?', name: 'Judge error', tone: 'odd', remark: 'not your fault, no penalty, will be judged again' },
  PENDING: { sign: '…', name: 'Judging', tone: 'waiting', remark: null },
};

/** How far a submission came. Of how many tests is unknown (`null`) to whoever did not see it being judged: the judge stops at the first it fails. */
export function passedText(passed: number, of: number | null): string {
  if (of !== null) return `${passed} of ${of} tests passed`;
  return `Stopped at test ${passed + 1}${passed > 0 ? '; all before it passed' : ''}`;
}
