import type { JSX } from 'preact';
import type { SubmissionId } from '../../../src/contract/terms';
import { CopyButton } from '../parts/copy-button';
import { TestTable } from './test-table';
import { useVisit } from './visit-context';

/** What the author may see of a submission: its tests, what the compiler said, the code. */
export function SubmissionDetails({ submissionId }: { submissionId: SubmissionId }): JSX.Element {
  const { details, store, desk } = useVisit();
  const detail = details.value.get(submissionId);
  if (!detail) return <p class="muted">Getting its tests …</p>;
  const of = store.progress.value.get(submissionId)?.of ?? null;
  const problem = desk.problems.value?.find(({ label }) => label === detail.problem);
  return (
    <div class="details">
      {detail.compileOutput && (
        <>
          <h3>The compiler says</h3>
          <pre class="output" tabIndex={0}>
            {detail.compileOutput}
          </pre>
        </>
      )}
      {detail.tests && detail.tests.length > 0 && (
        <TestTable
          {...{ tests: detail.tests, of, language: detail.language, limits: problem?.limits }}
          {...{ samples: problem?.samples ?? [], checker: problem?.checker }}
        />
      )}
      {detail.source !== undefined && (
        <details class="source">
          <summary>The code</summary>
          <pre tabIndex={0}>{detail.source}</pre>
          <CopyButton kind="quiet" text={detail.source}>
            Copy the code
          </CopyButton>
        </details>
      )}
    </div>
  );
}
