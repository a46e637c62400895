import type { ComponentChildren, JSX } from 'preact';
import type { Pages } from '../../core/pages';
import { Button } from '../parts/button';
import { Trouble } from '../parts/trouble';

interface Column<T> {
  readonly name: string;
  readonly of: (item: T) => ComponentChildren;
  readonly number?: boolean;
}

interface ListingProps<T> {
  readonly title: string;
  readonly pages: Pages<T>;
  readonly columns: readonly Column<T>[];
  readonly keyOf: (item: T) => string;
  /** What is said where there is nothing. */
  readonly none: string;
}

/** A list that comes page by page, as a table; on a narrow screen it is scrolled sideways within itself. */
export function Listing<T>({ title, pages, columns, keyOf, none }: ListingProps<T>): JSX.Element {
  const { items, state, failure, hasMore } = pages;
  return (
    <section class="listing" aria-busy={state.value === 'new'}>
      {items.value.length > 0 && <Rows title={title} items={items.value} columns={columns} keyOf={keyOf} />}
      <Trouble pages={pages} />
      {state.value === 'new' && <p class="muted">Getting them …</p>}
      {state.value === 'done' && !failure.value && items.value.length === 0 && <p class="muted">{none}</p>}
      {hasMore.value && !failure.value && (
        <div class="actions">
          <Button busy="Getting more …" onClick={() => pages.more()}>
            Show more
          </Button>
        </div>
      )}
    </section>
  );
}

type RowsProps<T> = Pick<ListingProps<T>, 'title' | 'columns' | 'keyOf'> & { readonly items: readonly T[] };

/** The first column names the row. */
export const Rows = <T,>({ title, items, columns, keyOf }: RowsProps<T>): JSX.Element => (
  <div class="table-frame" role="group" aria-label={title} tabIndex={0}>
    <table>
      <thead>
        <tr>
          {columns.map(({ name, number }) => (
            <th key={name} scope="col" class={number ? 'number' : ''}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <tr key={keyOf(item)}>
            {columns.map(({ name, of, number }, at) =>
              at === 0 ? (
                <th key={name} scope="row">
                  {of(item)}
                </th>
              ) : (
                <td key={name} class={number ? 'number' : ''}>
                  {of(item)}
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);
