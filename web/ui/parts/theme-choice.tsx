import type { JSX } from 'preact';
import { THEMES, type Theme } from '../../core/preferences';
import { prefer, preferences } from '../joust';

const NAMES: Readonly<Record<Theme, string>> = { auto: 'Auto', light: 'Light', dark: 'Dark' };

export const ThemeChoice = (): JSX.Element => (
  <select
    class="theme-choice"
    aria-label="Theme"
    value={preferences.value.theme}
    onChange={(event) => prefer({ theme: event.currentTarget.value as Theme })}
  >
    {THEMES.map((theme) => (
      <option key={theme} value={theme}>
        {NAMES[theme]}
      </option>
    ))}
  </select>
);
