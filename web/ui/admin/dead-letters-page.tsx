import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { AnswerOf } from '../../core/api';
import { Pages } from '../../core/pages';
import { api, toasts } from '../joust';
import { Button } from '../parts/button';
import { confirmed } from '../parts/confirm';
import { useAnswer } from '../parts/use-answer';
import { go } from '../router';
import { Facts, Moment, One } from './facts';
import { Listing, Rows } from './listing';

type DeadLetter = AnswerOf<'GET /api/admin/dead-letters'>['items'][number];

/** What the judge has given up, the oldest first. */
export function DeadLettersPage(): JSX.Element {
  const pages = useMemo(
    () => new Pages<DeadLetter>((cursor) => api.ask('GET /api/admin/dead-letters', { query: { cursor } })),
    [],
  );
  const ids = pages.items.value.map(({ id }) => id);
  return (
    <>
      <h1>Dead letters</h1>
      <p class="muted">What the judge has given up. Nobody pays for them; they wait for a decision.</p>
      <Listing
        title="Dead letters"
        pages={pages}
        none="There are none: the judge has given up nothing."
        keyOf={({ id }) => id}
        columns={[
          { name: 'Submission', of: ({ id }) => <a href={`/admin/dead-letters/${id}`}>{id.slice(0, 12)} …</a> },
          { name: 'Problem', of: ({ problem, slug }) => `${problem} ${slug}` },
          { name: 'Language', of: ({ language }) => language },
          { name: 'Attempts', number: true, of: ({ attempts }) => attempts },
          { name: 'Given up', of: ({ givenUpAt }) => <Moment at={givenUpAt} /> },
          { name: 'Reason', of: ({ reason }) => reason },
        ]}
      />
      {ids.length > 0 && <Settling ids={ids} done={() => pages.again()} />}
    </>
  );
}

/** One of them, with all that was tried. */
export function DeadLetterPage({ id }: { id: string }): JSX.Element {
  const params = { submissionId: id };
  const answer = useAnswer(() => api.ask('GET /api/admin/dead-letters/:submissionId', { params }), [id]);
  return (
    <>
      <nav aria-label="Way back" class="small">
        <a href="/admin/dead-letters">All dead letters</a>
      </nav>
      <h1>Dead letter</h1>
      <One answer={answer}>
        {(letter) => (
          <>
            <Facts
              facts={[
                ['Submission', <a href={`/admin/submissions/${letter.id}`}>{letter.id}</a>],
                ['Problem', `${letter.problem} ${letter.slug}`],
                ['Language', letter.language],
                ['Received', <Moment at={letter.receivedAt} />],
                ['Given up', <Moment at={letter.givenUpAt} />],
                ['Reason', letter.reason],
              ]}
            />
            <Rows
              title="What was tried"
              items={letter.tried}
              keyOf={({ attempt, claimedAt }) => `${attempt} ${claimedAt}`}
              columns={[
                { name: 'Attempt', of: ({ attempt }) => attempt },
                { name: 'Began', of: ({ claimedAt }) => <Moment at={claimedAt} /> },
                { name: 'Ended', of: ({ finishedAt }) => <Moment at={finishedAt} /> },
                { name: 'Reason', of: ({ reason }) => reason },
              ]}
            />
            <Settling ids={[letter.id]} done={() => go('/admin/dead-letters')} />
          </>
        )}
      </One>
    </>
  );
}

/** So many may be settled by one request. */
const AT_ONCE = 100;

function Settling({ ids, done }: { ids: readonly DeadLetter['id'][]; done: () => unknown }): JSX.Element {
  const some = ids.slice(0, AT_ONCE);
  const what = some.length === 1 ? 'it' : `these ${some.length}`;
  const settle = async (how: 'replay' | 'drop') => {
    const { settled } = await api.ask(`POST /api/admin/dead-letters/${how}`, { body: { ids: some } });
    const changed = settled.filter((one) => one.changed).length;
    toasts.show(`${changed} of ${some.length} ${how === 'replay' ? 'will be judged again' : 'dropped'}.`, 'good');
    await done();
  };
  const drop = async () => {
    const says = 'They stay judge errors for good: no penalty for anybody, and no second chance.';
    if (await confirmed({ title: `Drop ${what}?`, says, yes: 'Drop', danger: true })) await settle('drop');
  };
  return (
    <div class="actions">
      <Button kind="main" busy="Sending …" onClick={() => settle('replay')}>
        {`Judge ${what} again`}
      </Button>
      <Button kind="danger" onClick={drop}>{`Drop ${what}`}</Button>
    </div>
  );
}
