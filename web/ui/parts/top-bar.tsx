import type { JSX } from 'preact';
import { session } from '../joust';
import { route } from '../router';
import { ThemeChoice } from './theme-choice';

const LINKS = [
  ['/practice', 'Problems'],
  ['/help', 'Help'],
] as const;

/** The way around, on every screen but the room. */
export function TopBar(): JSX.Element {
  const isStaff = session.user.value !== null && session.user.value.role !== 'player';
  return (
    <header class="top-bar">
      <a class="brand" href="/">
        Joust
      </a>
      <nav aria-label="Main">
        {LINKS.map(([to, text]) => (
          <a key={to} href={to} aria-current={route.value.page?.startsWith(to) ? 'page' : undefined}>
            {text}
          </a>
        ))}
        {isStaff && (
          <a href="/admin" aria-current={route.value.page?.startsWith('/admin') ? 'page' : undefined}>
            Staff
          </a>
        )}
      </nav>
      <ThemeChoice />
      {session.user.value && (
        <a class="who" href="/me" aria-current={route.value.page === '/me' ? 'page' : undefined}>
          {session.user.value.name}
        </a>
      )}
    </header>
  );
}
