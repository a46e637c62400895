import type { JSX } from 'preact';
import { ALL_PROBLEMS, DIFFICULTIES, type ProblemList } from '../../core/problem-list';
import type { Difficulty } from '../../core/room-wishes';
import { Button } from './button';
import { Field } from './field';

/** What problems are looked for, and how many were found. */
export function ProblemFilters({ list }: { list: ProblemList }): JSX.Element {
  const { search, difficulty, tag } = list.filter.value;
  const { items, hasMore, state, failure } = list.pages;
  const isNarrowed = search !== '' || difficulty !== '' || tag !== '';
  const count = `${items.value.length}${hasMore.value ? ' or more' : ''}`;
  return (
    <search class="filters">
      <Field label="Search">
        {(ids) => (
          <input
            {...ids}
            class="input"
            type="search"
            value={search}
            maxLength={100}
            placeholder="Title"
            onInput={(event) => list.narrow({ search: event.currentTarget.value })}
          />
        )}
      </Field>
      <Field label="Difficulty">
        {(ids) => (
          <select
            {...ids}
            value={difficulty}
            onChange={(event) => list.narrow({ difficulty: event.currentTarget.value as Difficulty | '' })}
          >
            <option value="">Any</option>
            {DIFFICULTIES.map((one) => (
              <option key={one} value={one}>
                {one}
              </option>
            ))}
          </select>
        )}
      </Field>
      <p class="found" role="status">
        {state.value === 'new' || failure.value
          ? ''
          : items.value.length === 0
            ? 'No problem fits'
            : `${count} ${count === '1' ? 'problem' : 'problems'}`}
        {tag !== '' && (
          <>
            {', tagged '}
            <button
              type="button"
              class="tag"
              aria-label={`Remove the tag ${tag}`}
              onClick={() => list.narrow({ tag: '' })}
            >
              {tag} ×
            </button>
          </>
        )}
        {isNarrowed && (
          <Button kind="quiet" onClick={() => list.narrow(ALL_PROBLEMS)}>
            Show all
          </Button>
        )}
      </p>
    </search>
  );
}
