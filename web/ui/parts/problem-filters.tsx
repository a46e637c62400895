import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { ALL_PROBLEMS, DIFFICULTIES, type ProblemList } from '../../core/problem-list';
import type { Difficulty } from '../../core/room-wishes';
import { Button } from './button';
import { Field } from './field';

/** What problems are looked for, and how many were found. */
export function ProblemFilters({ list }: { list: ProblemList }): JSX.Element {
  const { search, difficulty, tag } = list.filter.value;
  const { items, hasMore, state, failure } = list.pages;
  const isNarrowed = search !== '' || difficulty !== '' || tag !== '';
  const field = useRef<HTMLInputElement>(null);
  /** What is pressed for this goes away with it: the focus has to go somewhere. */
  const widen = (change: Partial<typeof ALL_PROBLEMS>) => {
    list.narrow(change);
    field.current!.focus();
  };
  return (
    <search class="filters">
      <Field label="Search">
        {(ids) => (
          <input
            {...ids}
            ref={field}
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
      <div class="found">
        <p role="status">
          {state.value === 'new' || failure.value ? '' : foundText(items.value.length, hasMore.value)}
        </p>
        {tag !== '' && (
          <button type="button" class="tag" aria-label={`Remove the tag ${tag}`} onClick={() => widen({ tag: '' })}>
            {tag} ×
          </button>
        )}
        {isNarrowed && (
          <Button kind="quiet" onClick={() => widen(ALL_PROBLEMS)}>
            Show all
          </Button>
        )}
      </div>
    </search>
  );
}

function foundText(count: number, isMore: boolean): string {
  if (count === 0) return 'No problem fits';
  return `${count}${isMore ? ' or more' : ''} ${count === 1 ? 'problem' : 'problems'}`;
}
