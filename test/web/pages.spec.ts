import { Away } from '../../web/core/api';
import { Pages } from '../../web/core/pages';
import { filterFrom, queryOf } from '../../web/core/problem-list';

interface Page {
  readonly items: readonly string[];
  readonly next: string | null;
}
/** A list in the hands of a test: what was asked, and the answers, given when the test says so. */
function listOf() {
  const asked: { cursor: string | undefined; answer: (page: Page) => void; fail: (error: Error) => void }[] = [];
  const pages = new Pages<string>((cursor) => new Promise((answer, fail) => asked.push({ cursor, answer, fail })));
  const settled = () => new Promise(setImmediate);
  return { pages, asked, settled };
}

describe('a list that comes page by page', () => {
  it('grows by each page until the last', async () => {
    const { pages, asked, settled } = listOf();
    expect(pages.state.value).toBe('new');
    asked[0]!.answer({ items: ['a', 'b'], next: 'c2' });
    await settled();
    expect([pages.items.value, pages.hasMore.value]).toEqual([['a', 'b'], true]);
    void pages.more();
    expect([pages.state.value, asked[1]!.cursor]).toEqual(['asking', 'c2']);
    asked[1]!.answer({ items: ['c'], next: null });
    await settled();
    expect([pages.items.value, pages.hasMore.value, pages.state.value]).toEqual([['a', 'b', 'c'], false, 'done']);
  });

  it('shows the answer to the latest question, whichever comes last', async () => {
    const { pages, asked, settled } = listOf();
    void pages.again();
    asked[1]!.answer({ items: ['new'], next: null });
    await settled();
    asked[0]!.answer({ items: ['old'], next: 'x' });
    await settled();
    expect([pages.items.value, pages.hasMore.value]).toEqual([['new'], false]);
  });

  it('keeps what it has when the server is away, and goes on when it is back', async () => {
    const { pages, asked, settled } = listOf();
    asked[0]!.answer({ items: ['a'], next: 'c2' });
    await settled();
    void pages.more();
    asked[1]!.fail(new Away('gone'));
    await settled();
    expect([pages.items.value, pages.failure.value]).toEqual([['a'], expect.any(Away)]);
    void pages.again();
    asked[2]!.answer({ items: ['a'], next: null });
    await settled();
    expect(pages.failure.value).toBeNull();
  });
});

describe('what problems are looked for', () => {
  it('is said by the address, and read from it', () => {
    const filter = { search: 'a & b', difficulty: 'hard', tag: 'min cut' } as const;
    expect(filterFrom(queryOf(filter))).toEqual(filter);
    expect(queryOf({ search: '', difficulty: '', tag: '' })).toBe('');
    expect(filterFrom('?difficulty=impossible&other=1')).toEqual({ search: '', difficulty: '', tag: '' });
  });
});
