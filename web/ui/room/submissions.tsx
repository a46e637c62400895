import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import type { RoomSubmission } from '../../../src/core/room';
import { durationText } from '../../core/server-clock';
import { noSubmissionsText } from '../../words/room';
import { complain } from '../parts/button';
import { limitOf, Verdict } from '../parts/verdict';
import { SubmissionDetails } from './submission-details';
import { useVisit } from './visit-context';

/** One's own submissions, the latest first; each opens to its tests. */
export function Submissions(): JSX.Element {
  const { store, outbox } = useVisit();
  const submissions = store.mySubmissions.value.toReversed();
  const letters = outbox.letters.value.toReversed();
  if (submissions.length + letters.length === 0) return <p class="muted">{noSubmissionsText(store.phase.value)}</p>;
  return (
    <ol class="submissions">
      {letters.map(({ key, problem, language }) => (
        <li key={key} class="line">
          <span class="number muted">–</span>
          <strong>{problem}</strong>
          <span class="muted small">{language}</span>
          <span class="verdict waiting">
            {outbox.state.value === 'waiting' ? 'Goes out when back online' : 'Sending …'}
          </span>
        </li>
      ))}
      {submissions.map((submission) => (
        <SubmissionLine key={submission.submissionId} submission={submission} />
      ))}
    </ol>
  );
}

function SubmissionLine({ submission }: { submission: RoomSubmission }): JSX.Element {
  const visit = useVisit();
  const { store, desk } = visit;
  const isOpen = useSignal(false);
  const { submissionId, problem, language, receivedAt, verdict } = submission;
  const limits = desk.problems.value?.find(({ label }) => label === problem)?.limits;
  const time = durationText((receivedAt - (store.room.value.startedAt ?? receivedAt)) / 1000);
  const toggle = (open: boolean) => {
    isOpen.value = open;
    if (open) visit.look(submissionId, verdict === 'PENDING').catch(complain);
  };
  return (
    <li>
      <details onToggle={(event) => toggle(event.currentTarget.open)}>
        <summary class="line">
          <span class="number muted">{time}</span>
          <strong>{problem}</strong>
          <span class="muted small">{language}</span>
          <Verdict
            verdict={verdict}
            limit={limitOf(verdict, language, limits)}
            progress={store.progress.value.get(submissionId)}
            remark={verdict === 'CE' || verdict === 'JE'}
          />
        </summary>
        {isOpen.value && <SubmissionDetails submissionId={submissionId} />}
      </details>
    </li>
  );
}
