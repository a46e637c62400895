import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { may } from '../../../src/core/policy';
import { DIFFICULTIES } from '../../core/problem-list';
import type { Difficulty } from '../../core/room-wishes';
import type { User } from '../../core/session';
import { complaintOf } from '../../words/complaint';
import { api } from '../joust';
import { TextField } from '../parts/field';
import { Form } from '../parts/form';
import { go } from '../router';
import { Moment } from './facts';
import { FilterBar, useFiltered } from './filter-bar';
import { Listing } from './listing';

/** All problems, drafts too. */
export function ProblemsPage({ user }: { user: User }): JSX.Element {
  const { pages, filter, narrow } = useFiltered(({ search, difficulty, published }, cursor) =>
    api.ask('GET /api/admin/problems', {
      query: {
        ...(search && { search }),
        ...(difficulty && { difficulty: difficulty as Difficulty }),
        ...(published && { published: published as 'true' | 'false' }),
        cursor,
      },
    }),
  );
  return (
    <>
      <h1>Problems</h1>
      {may('problems.edit', user) && <NewProblem />}
      <FilterBar
        filter={filter}
        narrow={narrow}
        fields={[
          { name: 'search', label: 'Title' },
          { name: 'difficulty', label: 'Difficulty', choices: DIFFICULTIES.map((one) => [one, one]) },
          {
            name: 'published',
            label: 'State',
            choices: [
              ['true', 'published'],
              ['false', 'draft'],
            ],
          },
        ]}
      />
      <Listing
        title="Problems"
        pages={pages}
        none="No problem fits."
        keyOf={({ slug }) => slug}
        columns={[
          { name: 'Title', of: ({ slug, title }) => <a href={`/admin/problems/${slug}`}>{title}</a> },
          { name: 'Short name', of: ({ slug }) => <code>{slug}</code> },
          { name: 'Difficulty', of: ({ difficulty }) => difficulty },
          { name: 'Samples', number: true, of: ({ samples }) => samples },
          { name: 'Secret tests', number: true, of: ({ secrets }) => secrets },
          {
            name: 'Published',
            of: ({ publishedAt }) => (publishedAt === null ? 'draft' : <Moment at={publishedAt} />),
          },
        ]}
      />
    </>
  );
}

const FIRST_STATEMENT =
  'Say what is given and what is asked for.\n\n## Input\n\n## Output\n\n## Constraints\n\n- $1 \\le n \\le 1000$\n';
const FIRST_LIMITS = { cpuMs: 1_000, memoryKiB: 262_144 };

/** A draft begins with its two names; the rest is written on its own page. */
function NewProblem(): JSX.Element {
  const title = useSignal('');
  const slug = useSignal('');
  const error = useSignal<string | null>(null);
  const create = async () => {
    try {
      error.value = null;
      const body = {
        slug: slug.value.trim(),
        title: title.value,
        difficulty: 'easy',
        statement: FIRST_STATEMENT,
      } as const;
      const made = await api.ask('POST /api/admin/problems', { body: { ...body, limits: FIRST_LIMITS } });
      go(`/admin/problems/${made.slug}`);
    } catch (refusal) {
      const { code, says } = complaintOf(refusal);
      error.value = code === 'request.malformed' ? 'Small letters, digits and hyphens, such as two-sums.' : says;
    }
  };
  return (
    <details class="card">
      <summary>New problem</summary>
      <Form onSubmit={create} submit="Create the draft" busy="Creating …" label="New problem">
        <TextField label="Title of the new problem" value={title} maxLength={100} required />
        <TextField
          label="Short name"
          hint="Its address; it stays. Small letters, digits and hyphens."
          value={slug}
          error={error.value}
          required
        />
      </Form>
    </details>
  );
}
