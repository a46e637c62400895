import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import type { AnswerOf } from '../../core/api';
import { Pages } from '../../core/pages';
import { REJUDGE_STATES } from '../../words/admin';
import { api, toasts } from '../joust';
import { Button } from '../parts/button';
import { confirmed } from '../parts/confirm';
import { useAnswer } from '../parts/use-answer';
import { Verdict } from '../parts/verdict';
import { Boards } from './boards';
import { Facts, Moment, One } from './facts';
import { Listing, Rows } from './listing';

type Rejudge = AnswerOf<'GET /api/admin/rejudges/:rejudgeId'>;
type Change = AnswerOf<'GET /api/admin/rejudges/:rejudgeId/changes'>['items'][number];

/** While it is judged nobody tells the page: it looks again in a while. */
const LOOK_AGAIN_MS = 2_000;

/** One rejudge: how far it is, what would change, and the decision. */
export function RejudgePage({ id }: { id: string }): JSX.Element {
  const params = { rejudgeId: id };
  const answer = useAnswer(() => api.ask('GET /api/admin/rejudges/:rejudgeId', { params }), [id]);
  const last = useSignal<Rejudge | null>(null);
  if (answer.value !== null) last.value = answer.value;
  const state = last.value?.state;
  useEffect(() => {
    if (state !== 'judging') return;
    const timer = setTimeout(answer.again, LOOK_AGAIN_MS);
    return () => clearTimeout(timer);
  }, [answer.value]);
  return (
    <>
      <nav aria-label="Way back" class="small">
        <a href="/admin/rejudges">All rejudges</a>
      </nav>
      <h1>Rejudge</h1>
      <One answer={{ ...answer, value: last.value }}>
        {(rejudge) => (
          <>
            <Progress rejudge={rejudge} />
            {state !== 'applied' && state !== 'discarded' && <Decision rejudge={rejudge} again={answer.again} />}
            {state !== 'judging' && <Changes key={state} id={id} />}
          </>
        )}
      </One>
    </>
  );
}

const Progress = ({ rejudge }: { rejudge: Rejudge }): JSX.Element => (
  <>
    <Facts
      facts={[
        ['State', REJUDGE_STATES[rejudge.state]],
        ['What', [rejudge.submissionId, rejudge.roomId, rejudge.slug].filter(Boolean).join(', ')],
        ['Why', rejudge.reason],
        ['By', rejudge.by.name],
        ['Judged', `${rejudge.judged} of ${rejudge.submissions}`],
        ['Got another verdict', rejudge.changed],
        ['Given up by the judge', rejudge.failed],
        ['Began', <Moment at={rejudge.createdAt} />],
        ['Applied', <Moment at={rejudge.appliedAt} />],
      ]}
    />
    {rejudge.moves.length > 0 && (
      <Rows
        title="From which verdict to which"
        items={rejudge.moves}
        keyOf={({ before, after }) => `${before} ${after}`}
        columns={[
          { name: 'Before', of: ({ before }) => <Verdict verdict={before} /> },
          { name: 'After', of: ({ after }) => <Verdict verdict={after} /> },
          { name: 'Submissions', number: true, of: ({ count }) => count },
        ]}
      />
    )}
  </>
);

function Decision({ rejudge: { id, state, changed }, again }: { rejudge: Rejudge; again: () => void }): JSX.Element {
  const params = { rejudgeId: id };
  const apply = async () => {
    const says = `${changed} ${changed === 1 ? 'verdict changes' : 'verdicts change'}, and the boards with them. Final results keep their winner and ratings.`;
    if (!(await confirmed({ title: 'Put the new verdicts in force?', says, yes: 'Apply', danger: true }))) return;
    let applied = 0;
    for (let left = 1; left > 0;) {
      const step = await api.ask('POST /api/admin/rejudges/:rejudgeId/apply', { params });
      [applied, left] = [applied + step.applied, step.left];
    }
    toasts.show(`Applied ${applied}.`, 'good');
    again();
  };
  const discard = async () => {
    const says = 'Everything stays as it is. What was judged for it is forgotten.';
    if (!(await confirmed({ title: 'Discard this rejudge?', says, yes: 'Discard' }))) return;
    await api.ask('POST /api/admin/rejudges/:rejudgeId/discard', { params });
    again();
  };
  return (
    <div class="actions">
      <Button
        kind="main"
        busy="Applying …"
        locked={state === 'judging' ? 'It can be applied once all is judged.' : null}
        onClick={apply}
      >
        Apply
      </Button>
      {state !== 'applying' && <Button onClick={discard}>Discard</Button>}
    </div>
  );
}

function Changes({ id }: { id: string }): JSX.Element {
  const shown = useSignal<string | null>(null);
  const pages = useMemo(
    () =>
      new Pages<Change>((cursor) =>
        api.ask('GET /api/admin/rejudges/:rejudgeId/changes', { params: { rejudgeId: id }, query: { cursor } }),
      ),
    [id],
  );
  return (
    <section aria-labelledby="changes-title">
      <h2 id="changes-title">What changes</h2>
      <Listing
        title="What changes"
        pages={pages}
        none="No verdict changes."
        keyOf={({ submissionId }) => submissionId}
        columns={[
          { name: 'By', of: ({ submissionId, name }) => <a href={`/admin/submissions/${submissionId}`}>{name}</a> },
          { name: 'Problem', of: ({ problem, slug }) => `${problem} ${slug}` },
          { name: 'Before', of: ({ before }) => <Verdict verdict={before} /> },
          { name: 'After', of: ({ after }) => after && <Verdict verdict={after} /> },
          { name: 'Room', of: ({ roomCode, roomIsFinal }) => `${roomCode}${roomIsFinal ? ', final' : ''}` },
          {
            name: 'Board',
            of: ({ roomId, roomCode }) => (
              <Button label={`Boards of room ${roomCode}`} onClick={() => (shown.value = roomId)}>
                Compare
              </Button>
            ),
          },
        ]}
      />
      {shown.value !== null && <Boards key={shown.value} rejudgeId={id} roomId={shown.value} />}
    </section>
  );
}
