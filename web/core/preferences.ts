import { effect, signal } from '@preact/signals-core';

export const THEMES = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];
export const KEYS = ['standard', 'vim'] as const;
export type Keys = (typeof KEYS)[number];

export interface Preferences {
  readonly theme: Theme;
  readonly sound: boolean;
  readonly fontSize: number;
  readonly tabWidth: number;
  readonly wrap: boolean;
  /** What the keys do in the editor. */
  readonly keys: Keys;
  /** The language chosen last. */
  readonly language: string | null;
  /** How much of the width the left pane takes, in percent; and of the height the tests. */
  readonly leftShare: number;
  readonly testsShare: number;
}

const DEFAULTS: Preferences = {
  theme: 'auto',
  sound: true,
  fontSize: 14,
  tabWidth: 4,
  wrap: false,
  keys: 'standard',
  language: null,
  leftShare: 42,
  testsShare: 34,
};
const KEY = 'joust:preferences';

/** What somebody likes, kept on this device. */
export function newPreferences(storage: Storage) {
  const preferences = signal<Preferences>({ ...DEFAULTS, ...stored(storage) });
  effect(() => storage.setItem(KEY, JSON.stringify(preferences.value)));
  const set = (change: Partial<Preferences>) => (preferences.value = { ...preferences.value, ...change });
  return { preferences, set };
}

function stored(storage: Storage): Partial<Preferences> {
  try {
    return JSON.parse(storage.getItem(KEY) ?? '{}') as Partial<Preferences>;
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}
