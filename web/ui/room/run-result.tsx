import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import type { Run } from '../../core/trials';
import { limitOf, Verdict } from '../parts/verdict';
import { Diff } from './diff';
import { useVisit } from './visit-context';

/** What became of a run: each test with what it was given, what it should print and what it printed. */
export function RunResult({ run: { trial, input, source, language } }: { run: Run }): JSX.Element {
  const { desk } = useVisit();
  const openIndex = useSignal<number | null>(null);
  if (!trial) return <p class="muted">Running …</p>;
  const { verdict, compileOutput, tests } = trial;
  const limits = desk.problem.value?.limits;
  const isOld = source !== desk.source.value || language !== desk.languageId.value;
  const firstFailed = tests.find((test) => test.verdict !== 'AC')?.index ?? tests[0]?.index ?? 0;
  const shown = tests.find(({ index }) => index === (openIndex.value ?? firstFailed));
  return (
    <div class="run-result">
      {isOld && <p class="small muted">Of an earlier version of your program.</p>}
      {(verdict === 'CE' || verdict === 'JE') && <Verdict verdict={verdict} />}
      {compileOutput && (
        <pre class="output" tabIndex={0} aria-label="What the compiler says">
          {compileOutput}
        </pre>
      )}
      {input === null && (
        <div class="run-tests">
          {tests.map(({ index, verdict: one }) => (
            <button
              key={index}
              type="button"
              class="run-test"
              aria-pressed={shown?.index === index}
              onClick={() => (openIndex.value = index)}
            >
              Sample {index + 1} <Verdict verdict={one} limit={limitOf(one, language, limits)} />
            </button>
          ))}
        </div>
      )}
      {shown && (
        <>
          <p class="small muted">
            {input !== null && shown.verdict !== 'AC' && <Verdict verdict={shown.verdict} />} {Math.round(shown.cpuMs)}{' '}
            ms, {(shown.memoryKiB / 1024).toFixed(1)} MB
          </p>
          <Diff input={shown.input} expected={shown.expected} actual={shown.output} />
          {shown.stderr !== '' && (
            <pre class="output" tabIndex={0} aria-label="Standard error">
              {shown.stderr}
            </pre>
          )}
        </>
      )}
    </div>
  );
}
