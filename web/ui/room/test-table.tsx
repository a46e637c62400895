import type { JSX } from 'preact';
import type { LanguageId } from '../../../src/contract/terms';
import type { RoomProblem } from '../../core/desk';
import type { SubmissionDetail } from '../../core/visit';
import { passedText, VERDICT_WORDS } from '../../words/verdicts';
import { limitOf, Verdict } from '../parts/verdict';
import { Diff } from './diff';

type Test = NonNullable<SubmissionDetail['tests']>[number];
interface TestTableProps {
  readonly tests: readonly Test[];
  /** How many tests there are, where that is known: those not run are shown as such. */
  readonly of: number | null;
  readonly language: LanguageId;
  readonly limits: RoomProblem['limits'] | undefined;
  readonly samples: RoomProblem['samples'];
  /** Where others than the sample's answer may be right, none is shown as expected. */
  readonly checker: RoomProblem['checker'] | undefined;
}

const MOST_CELLS = 40;

/** One cell per test at a glance, and behind it the table with time and memory. Of secret tests there is no more. */
export function TestTable({ tests, of, language, limits, samples, checker }: TestTableProps): JSX.Element {
  const passed = tests.filter(({ verdict }) => verdict === 'AC').length;
  const total = Math.max(of ?? 0, tests.length);
  const failed = tests.find(({ verdict }) => verdict !== 'AC');
  const sample = failed?.sample ? samples[failed.index] : undefined;
  return (
    <div class="tests-run">
      <p class="small muted">{passedText(passed, of === null && failed ? null : total)}</p>
      <div class="cells" aria-hidden="true">
        {Array.from({ length: Math.min(total, MOST_CELLS) }, (_, index) => {
          const verdict = tests.find((test) => test.index === index)?.verdict;
          return (
            <span key={index} class={`test-cell ${verdict ? VERDICT_WORDS[verdict].tone : ''}`}>
              {verdict ? VERDICT_WORDS[verdict].sign : '–'}
            </span>
          );
        })}
        {total > MOST_CELLS && <span class="muted small">and {total - MOST_CELLS} more</span>}
      </div>
      {sample && failed?.output !== undefined && (
        <Diff input={sample.input} expected={checker === 'answer' ? sample.output : null} actual={failed.output} />
      )}
      <details>
        <summary>Time and memory of each test</summary>
        <table class="test-table">
          <thead>
            <tr>
              <th scope="col">Test</th>
              <th scope="col">Verdict</th>
              <th scope="col" class="number">
                Time
              </th>
              <th scope="col" class="number">
                Memory
              </th>
            </tr>
          </thead>
          <tbody>
            {tests.map(({ index, sample: isSample, verdict, cpuMs, memoryKiB }) => (
              <tr key={index}>
                <th scope="row">
                  {index + 1}
                  {isSample && <span class="muted small"> sample</span>}
                </th>
                <td>
                  <Verdict verdict={verdict} limit={limitOf(verdict, language, limits)} />
                </td>
                <td class="number">{Math.round(cpuMs)} ms</td>
                <td class="number">{(memoryKiB / 1024).toFixed(1)} MB</td>
              </tr>
            ))}
            {tests.length < total && (
              <tr>
                <th scope="row">
                  {tests.length + 1}
                  {tests.length + 1 < total && `–${total}`}
                </th>
                <td colSpan={3} class="muted">
                  – not run
                </td>
              </tr>
            )}
          </tbody>
        </table>
      </details>
    </div>
  );
}
