import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { may } from '../../../src/core/policy';
import type { AnswerOf } from '../../core/api';
import type { User } from '../../core/session';
import { api, toasts } from '../joust';
import { Button } from '../parts/button';
import { confirmed } from '../parts/confirm';
import { useAnswer } from '../parts/use-answer';
import { go } from '../router';
import { Facts, Moment, One } from './facts';
import { ProblemForm } from './problem-form';
import { ProblemTests } from './problem-tests';

type Problem = AnswerOf<'GET /api/admin/problems/:slug'>;

/** One problem: what is read of it, its tests, and whether rooms get it. */
export function ProblemPage({ id: slug, user }: { id: string; user: User }): JSX.Element {
  const answer = useAnswer(() => api.ask('GET /api/admin/problems/:slug', { params: { slug } }), [slug]);
  /** Of the changes made here the last answer tells; the form keeps what is being typed. */
  const changed = useSignal<Problem | null>(null);
  const problem = changed.value ?? answer.value;
  const reload = async () => {
    changed.value = await api.ask('GET /api/admin/problems/:slug', { params: { slug } });
  };
  const mayEdit = may('problems.edit', user);
  return (
    <>
      <nav aria-label="Way back" class="small">
        <a href="/admin/problems">All problems</a>
      </nav>
      <h1>{problem?.title ?? 'Problem'}</h1>
      <One answer={{ ...answer, value: problem }}>
        {(shown) => (
          <>
            <About problem={shown} />
            {mayEdit && <Publishing problem={shown} reload={reload} />}
            <ProblemForm key={shown.slug} problem={shown} mayEdit={mayEdit} saved={(next) => (changed.value = next)} />
            <ProblemTests problem={shown} mayEdit={mayEdit} changed={reload} />
          </>
        )}
      </One>
    </>
  );
}

const About = ({ problem: one }: { problem: Problem }): JSX.Element => (
  <Facts
    facts={[
      ['Short name', <code>{one.slug}</code>],
      ['Published', one.publishedAt === null ? 'no, a draft' : <Moment at={one.publishedAt} />],
      ['Last changed here', <Moment at={one.editedAt} />],
      ['Tests', `${one.samples} samples, ${one.secrets} secret`],
      ['Contests under way', one.liveRooms],
    ]}
  />
);

function Publishing({ problem, reload }: { problem: Problem; reload: () => Promise<void> }): JSX.Element {
  const { slug, title, publishedAt } = problem;
  const params = { slug };
  const publish = async () => {
    await api.ask('POST /api/admin/problems/:slug/publish', { params });
    toasts.show(`${title} is published.`, 'good');
    await reload();
  };
  const unpublish = async () => {
    const says = 'No new room gets it. Contests that have it keep it.';
    if (!(await confirmed({ title: `Unpublish ${title}?`, says, yes: 'Unpublish' }))) return;
    await api.ask('POST /api/admin/problems/:slug/unpublish', { params });
    await reload();
  };
  const remove = async () => {
    const says = 'With all its tests, for good. What a room has had cannot be deleted.';
    if (!(await confirmed({ title: `Delete ${title}?`, says, yes: 'Delete', danger: true }))) return;
    await api.ask('DELETE /api/admin/problems/:slug', { params });
    go('/admin/problems');
  };
  return (
    <div class="actions">
      {publishedAt === null ? (
        <Button kind="main" onClick={publish}>
          Publish
        </Button>
      ) : (
        <Button onClick={unpublish}>Unpublish</Button>
      )}
      <a class="button" href={`/admin/rejudges?slug=${slug}`}>
        Judge again
      </a>
      <Button kind="danger" onClick={remove}>
        Delete
      </Button>
    </div>
  );
}
