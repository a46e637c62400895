import { type Signal, useSignal } from '@preact/signals';
import type { JSX, TargetedSubmitEvent } from 'preact';
import { useMemo } from 'preact/hooks';
import { Pages } from '../../core/pages';
import { Field } from '../parts/field';
import { go } from '../router';

type Filter = Readonly<Record<string, string>>;
interface FilterField {
  readonly name: string;
  readonly label: string;
  /** What can be chosen, and how it is called; without them it is typed. */
  readonly choices?: readonly (readonly [value: string, text: string])[];
}

/** A list with what is looked for in it. That stands in the address, so that it can be gone back to and handed on. */
export function useFiltered<T>(ask: (filter: Filter, cursor: string | undefined) => ReturnType<PageOf<T>>) {
  const filter = useSignal<Filter>(Object.fromEntries(new URLSearchParams(location.search)));
  const pages = useMemo(() => new Pages<T>((cursor) => ask(filter.peek(), cursor)), []);
  const narrow = (change: Filter) => {
    const given = Object.entries({ ...filter.value, ...change }).filter(([, value]) => value !== '');
    filter.value = Object.fromEntries(given);
    go(`${location.pathname}${given.length > 0 ? `?${new URLSearchParams(given)}` : ''}`, { replace: true });
    void pages.again();
  };
  return { filter, pages, narrow };
}
type PageOf<T> = (
  cursor: string | undefined,
) => Promise<{ readonly items: readonly T[]; readonly next: string | null }>;

interface FilterBarProps {
  readonly fields: readonly FilterField[];
  readonly filter: Signal<Filter>;
  readonly narrow: (change: Filter) => void;
}

/** What is chosen counts at once; what is typed, with Enter or the button. */
export function FilterBar({ fields, filter, narrow }: FilterBarProps): JSX.Element {
  const send = (event: TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = [...new FormData(event.currentTarget)] as [string, string][];
    narrow(Object.fromEntries(given.map(([name, value]) => [name, value.trim()])));
  };
  return (
    <search>
      <form class="filter-bar" onSubmit={send}>
        {fields.map(({ name, label, choices }) => (
          <Field key={name} label={label}>
            {(ids) =>
              choices ? (
                <select
                  {...ids}
                  name={name}
                  value={filter.value[name] ?? ''}
                  onChange={(event) => narrow({ [name]: event.currentTarget.value })}
                >
                  <option value="">Any</option>
                  {choices.map(([value, text]) => (
                    <option key={value} value={value}>
                      {text}
                    </option>
                  ))}
                </select>
              ) : (
                <input
                  {...ids}
                  name={name}
                  class="input"
                  type="search"
                  maxLength={100}
                  value={filter.value[name] ?? ''}
                />
              )
            }
          </Field>
        ))}
        <button class="button" type="submit">
          Search
        </button>
      </form>
    </search>
  );
}
