import type { JSX } from 'preact';
import { may } from '../../../src/core/policy';
import type { AnswerOf } from '../../core/api';
import type { User } from '../../core/session';
import { api } from '../joust';
import { CopyButton } from '../parts/copy-button';
import { useAnswer } from '../parts/use-answer';
import { Verdict } from '../parts/verdict';
import { Facts, Moment, One } from './facts';
import { Rows } from './listing';

type Submission = AnswerOf<'GET /api/admin/submissions/:submissionId'>;

/** One submission, with its source, its tests and every attempt at judging it. */
export function SubmissionPage({ id, user }: { id: string; user: User }): JSX.Element {
  const params = { submissionId: id };
  const answer = useAnswer(() => api.ask('GET /api/admin/submissions/:submissionId', { params }), [id]);
  return (
    <>
      <nav aria-label="Way back" class="small">
        <a href="/admin/submissions">All submissions</a>
      </nav>
      <h1>Submission</h1>
      <One answer={answer}>
        {(submission) => (
          <>
            <About submission={submission} />
            {may('submissions.rejudge', user) && (
              <div class="actions">
                <a class="button" href={`/admin/rejudges?submissionId=${id}`}>
                  Judge again
                </a>
              </div>
            )}
            <Judging submission={submission} />
          </>
        )}
      </One>
    </>
  );
}

const About = ({ submission: one }: { submission: Submission }): JSX.Element => (
  <Facts
    facts={[
      ['Verdict', <Verdict verdict={one.verdict} />],
      ['By', <a href={`/admin/users/${one.userId}`}>{one.name}</a>],
      ['Room', <a href={`/admin/rooms/${one.roomId}`}>{one.roomCode}</a>],
      ['Problem', <a href={`/admin/problems/${one.slug}`}>{`${one.problem} ${one.slug}`}</a>],
      ['Language', one.language],
      ['Received', <Moment at={one.receivedAt} />],
      ['Attempts', one.attempts],
      ['Id', <code>{one.id}</code>],
    ]}
  />
);

const Judging = ({
  submission: { source, compileOutput, tests, judgings },
}: {
  submission: Submission;
}): JSX.Element => (
  <>
    <section aria-labelledby="source-title">
      <div class="actions">
        <h2 id="source-title">Source</h2>
        <CopyButton text={source}>Copy</CopyButton>
      </div>
      <pre class="block" tabIndex={0}>
        {source}
      </pre>
    </section>
    {compileOutput && (
      <section aria-labelledby="compiler-title">
        <h2 id="compiler-title">What the compiler said</h2>
        <pre class="block" tabIndex={0}>
          {compileOutput}
        </pre>
      </section>
    )}
    {tests.length > 0 && (
      <section aria-labelledby="tests-title">
        <h2 id="tests-title">Tests</h2>
        <Rows
          title="Tests"
          items={tests}
          keyOf={({ index }) => String(index)}
          columns={[
            { name: 'Test', of: ({ index, sample }) => `${index + 1}${sample ? ', a sample' : ''}` },
            { name: 'Verdict', of: ({ verdict }) => <Verdict verdict={verdict} /> },
            { name: 'Time', number: true, of: ({ cpuMs }) => `${cpuMs} ms` },
            { name: 'Memory', number: true, of: ({ memoryKiB }) => `${(memoryKiB / 1024).toFixed(1)} MB` },
          ]}
        />
      </section>
    )}
    <section aria-labelledby="attempts-title">
      <h2 id="attempts-title">Attempts at judging it</h2>
      {judgings.length === 0 ? (
        <p class="muted">None yet.</p>
      ) : (
        <Rows
          title="Attempts"
          items={judgings}
          keyOf={({ attempt, claimedAt }) => `${attempt} ${claimedAt}`}
          columns={[
            { name: 'Attempt', of: ({ attempt, cause }) => `${attempt}, ${cause}` },
            { name: 'Began', of: ({ claimedAt }) => <Moment at={claimedAt} /> },
            { name: 'Ended', of: ({ finishedAt }) => <Moment at={finishedAt} /> },
            { name: 'Verdict', of: ({ verdict }) => verdict && <Verdict verdict={verdict} /> },
            { name: 'Reason', of: ({ reason }) => reason },
          ]}
        />
      )}
    </section>
  </>
);
