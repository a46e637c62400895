import { computed, signal } from '@preact/signals';
import { PAGES, type PagePattern } from '../../src/contract/pages';

interface Place {
  readonly path: string;
  /** What stands behind the #: a room's password travels there, for browsers keep it to themselves. */
  readonly hash: string;
}
interface Route {
  readonly page: PagePattern | null;
  readonly params: Readonly<Record<string, string>>;
}

const here = (): Place => ({ path: location.pathname, hash: location.hash.slice(1) });
const place = signal(here());
window.addEventListener('popstate', () => (place.value = here()));

/** The page one is on, and what its address says. */
export const route = computed<Route>(() => routeOf(place.value.path));
export const hash = computed(() => decoded(place.value.hash));

/** Goes to another page of the app. */
export function go(to: string, { replace = false } = {}): void {
  history[replace ? 'replaceState' : 'pushState'](null, '', to);
  const before = place.value.path;
  place.value = here();
  if (before !== place.value.path) scrollTo(0, 0);
}

/** Links between our own pages are followed without loading anything. */
export function followLinks(root: HTMLElement): void {
  root.addEventListener('click', (event) => {
    const link = (event.target as Element).closest('a');
    const isPlain =
      !event.defaultPrevented && event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey);
    if (!link || !isPlain || link.target !== '' || link.hasAttribute('download')) return;
    const url = new URL(link.href);
    if (url.origin !== location.origin || routeOf(url.pathname).page === null) return;
    if (url.pathname === location.pathname && url.hash !== '') return; // a place on this page
    event.preventDefault();
    go(url.pathname + url.search + url.hash);
  });
}

function routeOf(path: string): Route {
  for (const page of PAGES) {
    const names = [...page.matchAll(/:(\w+)/g)].map(([, name]) => name!);
    const found = new RegExp(`^${page.replace(/:\w+/g, '([^/]+)')}/?$`).exec(path);
    if (found) return { page, params: Object.fromEntries(names.map((name, at) => [name, decoded(found[at + 1]!)])) };
  }
  return { page: null, params: {} };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return text;
    throw error;
  }
}
