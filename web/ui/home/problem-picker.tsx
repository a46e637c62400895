import type { JSX } from 'preact';
import { useMemo, useRef } from 'preact/hooks';
import '../../styles/practice.css';
import { ProblemList } from '../../core/problem-list';
import { moved, MOST_PROBLEMS } from '../../core/room-wishes';
import { faultText } from '../../words/room-wishes';
import { announcer, api } from '../joust';
import { Button } from '../parts/button';
import { ProblemFilters } from '../parts/problem-filters';
import { Trouble } from '../parts/trouble';
import type { WishProps } from './wish-fields';

const labelAt = (index: number): string => String.fromCharCode('A'.charCodeAt(0) + index);

/** Chooses problems by name; their order is that of their labels. */
export function ProblemPicker({ wishes, faults, set }: WishProps): JSX.Element {
  const list = useMemo(() => new ProblemList(api), []);
  const { slugs } = wishes;
  const { items, hasMore } = list.pages;
  const isFull = slugs.length >= MOST_PROBLEMS;
  // What is looked for changes; what was chosen keeps its name.
  const titles = useMemo(() => new Map<string, string>(), []);
  for (const { slug, title } of items.value) titles.set(slug, title);
  const titleOf = (slug: string) => titles.get(slug) ?? slug;
  const toggle = (slug: string) =>
    set({ slugs: slugs.includes(slug) ? slugs.filter((one) => one !== slug) : [...slugs, slug] });
  const picker = useRef<HTMLDivElement>(null);
  const remove = (slug: string) => {
    toggle(slug);
    picker.current!.querySelector('input')!.focus(); // the button is gone
  };
  const move = (index: number, by: 1 | -1) => {
    set({ slugs: moved(slugs, index, by) });
    announcer.say(`${titleOf(slugs[index]!)} is now ${labelAt(index + by)}`);
  };
  return (
    <div class="picker" ref={picker}>
      <ol class="chosen" aria-label="Chosen problems">
        {slugs.map((slug, index) => (
          <li key={slug}>
            <strong>{labelAt(index)}</strong>
            <span class="title">{titleOf(slug)}</span>
            <Button
              kind="quiet"
              label={`Move ${titleOf(slug)} up`}
              locked={index === 0 ? 'It is the first already.' : null}
              onClick={() => move(index, -1)}
            >
              ↑
            </Button>
            <Button
              kind="quiet"
              label={`Move ${titleOf(slug)} down`}
              locked={index === slugs.length - 1 ? 'It is the last already.' : null}
              onClick={() => move(index, 1)}
            >
              ↓
            </Button>
            <Button kind="quiet" label={`Remove ${titleOf(slug)}`} onClick={() => remove(slug)}>
              ×
            </Button>
          </li>
        ))}
      </ol>
      {faults.slugs && (
        <p class="hint wrong" role="alert" data-wrong tabIndex={-1}>
          {faultText(faults.slugs)}
        </p>
      )}
      <ProblemFilters list={list} />
      <Trouble pages={list.pages} />
      <ul class="choices">
        {items.value.map(({ slug, title, difficulty }) => (
          <li key={slug}>
            <label class="check">
              <input
                type="checkbox"
                checked={slugs.includes(slug)}
                disabled={isFull && !slugs.includes(slug)}
                onChange={() => toggle(slug)}
              />
              <span class="title">{title}</span>
              <span class={`difficulty ${difficulty}`}>{difficulty}</span>
            </label>
          </li>
        ))}
      </ul>
      {hasMore.value && (
        <Button busy="Getting more …" onClick={() => list.pages.more()}>
          Show more
        </Button>
      )}
    </div>
  );
}
