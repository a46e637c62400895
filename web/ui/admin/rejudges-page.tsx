import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { AnswerOf } from '../../core/api';
import { Pages } from '../../core/pages';
import { REJUDGE_STATES, scopeText } from '../../words/admin';
import { complaintOf } from '../../words/complaint';
import { api } from '../joust';
import { TextField } from '../parts/field';
import { Form } from '../parts/form';
import { Button } from '../parts/button';
import { go } from '../router';
import { Moment } from './facts';
import { Listing } from './listing';

type Rejudge = AnswerOf<'GET /api/admin/rejudges'>['items'][number];
type Scope = AnswerOf<'POST /api/admin/rejudges/preview'>;
const WHAT = ['submissionId', 'roomId', 'slug'] as const;
const LABELS = { submissionId: 'Id of a submission', roomId: 'Id of a room', slug: 'Problem' } as const;

/** Judging again: what, why, and what has become of it. */
export function RejudgesPage(): JSX.Element {
  const pages = useMemo(
    () => new Pages<Rejudge>((cursor) => api.ask('GET /api/admin/rejudges', { query: { cursor } })),
    [],
  );
  return (
    <>
      <h1>Rejudges</h1>
      <Start />
      <h2>Until now</h2>
      <Listing
        title="Rejudges"
        pages={pages}
        none="Nothing has been judged again."
        keyOf={({ id }) => id}
        columns={[
          {
            name: 'Began',
            of: ({ id, createdAt }) => (
              <a href={`/admin/rejudges/${id}`}>
                <Moment at={createdAt} />
              </a>
            ),
          },
          {
            name: 'What',
            of: ({ submissionId, roomId, slug }) => [submissionId, roomId, slug].filter(Boolean).join(', '),
          },
          { name: 'Why', of: ({ reason }) => reason },
          { name: 'By', of: ({ by }) => by.name },
          { name: 'State', of: ({ state }) => REJUDGE_STATES[state] },
          { name: 'Changed', number: true, of: ({ changed, submissions }) => `${changed} of ${submissions}` },
        ]}
      />
    </>
  );
}

/** Says first what it would touch. Nothing changes before it is applied. */
function Start(): JSX.Element {
  const given = new URLSearchParams(location.search);
  const fields = {
    submissionId: useSignal(given.get('submissionId') ?? ''),
    roomId: useSignal(given.get('roomId') ?? ''),
    slug: useSignal(given.get('slug') ?? ''),
  };
  const reason = useSignal('');
  const scope = useSignal<Scope | null>(null);
  const error = useSignal<string | null>(null);
  const selection = (): Readonly<Record<string, string>> =>
    Object.fromEntries(
      WHAT.map((name): [string, string] => [name, fields[name].value.trim()]).filter(([, value]) => value !== ''),
    );
  const look = async () => {
    try {
      error.value = null;
      scope.value = await api.ask('POST /api/admin/rejudges/preview', { body: selection() });
    } catch (refusal) {
      const { code, says } = complaintOf(refusal);
      scope.value = null;
      error.value = code === 'request.malformed' ? 'Name one submission, or a room, a problem or both.' : says;
    }
  };
  const begin = async () => {
    const body = { ...selection(), reason: reason.value.trim() };
    const { id } = await api.ask('POST /api/admin/rejudges', { body });
    go(`/admin/rejudges/${id}`);
  };
  return (
    <section class="card" aria-labelledby="start-title">
      <h2 id="start-title">Judge again</h2>
      <p class="muted">One submission; or all in a room, on a problem, or on a problem in a room.</p>
      <div class="filter-bar">
        {WHAT.map((name) => (
          <TextField key={name} label={LABELS[name]} value={fields[name]} />
        ))}
        <Button onClick={look}>See what it would touch</Button>
      </div>
      {error.value && (
        <p class="hint wrong" role="alert">
          {error.value}
        </p>
      )}
      {scope.value && <p role="status">{scopeText(scope.value)}</p>}
      {scope.value && scope.value.submissions > 0 && (
        <Form onSubmit={begin} submit="Judge them beside their verdicts" busy="Beginning …" label="Begin a rejudge">
          <TextField label="Reason" hint="For the audit log." value={reason} maxLength={500} required />
        </Form>
      )}
    </section>
  );
}
