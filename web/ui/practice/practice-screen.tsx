import { useSignal, useSignalEffect } from '@preact/signals';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import '../../styles/practice.css';
import { filterFrom, ProblemList, queryOf } from '../../core/problem-list';
import { api } from '../joust';
import { Button } from '../parts/button';
import { ProblemFilters } from '../parts/problem-filters';
import { Trouble } from '../parts/trouble';
import { useTitle } from '../parts/use-title';
import { go } from '../router';

/** The published problems. What is looked for stands in the address, so that it can be gone back to and handed on. */
export function PracticeScreen(_: { params: Readonly<Record<string, string>> }): JSX.Element {
  useTitle('Problems – Joust');
  const list = useMemo(() => new ProblemList(api, filterFrom(location.search)), []);
  const isFresh = useSignal(true);
  useSignalEffect(() => {
    const address = `/practice${queryOf(list.filter.value)}`;
    if (isFresh.peek()) isFresh.value = false;
    else go(address, { replace: true });
  });
  const { items, state, hasMore } = list.pages;
  return (
    <main id="main" class="page practice" tabIndex={-1} aria-busy={state.value === 'new'}>
      <div>
        <h1>Problems</h1>
        <p class="muted">Read them at leisure, and challenge somebody to a duel on one you like.</p>
      </div>
      <ProblemFilters list={list} />
      <Trouble pages={list.pages} />
      <ul class="problem-list">
        {items.value.map(({ slug, title, difficulty, tags }) => (
          <li key={slug}>
            <a href={`/practice/${slug}`}>{title}</a>
            <span class={`difficulty ${difficulty}`}>{difficulty}</span>
            <span class="tags">
              {tags.map((tag) => (
                <button key={tag} type="button" class="tag" onClick={() => list.narrow({ tag })}>
                  {tag}
                </button>
              ))}
            </span>
          </li>
        ))}
      </ul>
      {hasMore.value && (
        <div class="actions">
          <Button busy="Getting more …" onClick={() => list.pages.more()}>
            Show more
          </Button>
        </div>
      )}
    </main>
  );
}
