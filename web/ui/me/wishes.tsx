import type { JSX } from 'preact';
import { KEYS } from '../../core/preferences';
import { api, prefer, preferences } from '../joust';
import { Field } from '../parts/field';
import { ThemeChoice } from '../parts/theme-choice';
import { useAnswer } from '../parts/use-answer';

const FONT_SIZES = [12, 13, 14, 16, 18, 20, 24];
const TAB_WIDTHS = [2, 4, 8];

/** How somebody likes the page and the editor. Each change is kept on this device at once. */
export function Wishes(): JSX.Element {
  const { fontSize, tabWidth, wrap, keys, sound, language } = preferences.value;
  const { value } = useAnswer(() => api.ask('GET /api/languages'), []);
  // What is chosen can be shown before the others are known, and where they cannot be had.
  const languages = value ?? (language === null ? [] : [{ id: language, name: language }]);
  return (
    <section class="wishes-page" aria-labelledby="wishes-title">
      <h2 id="wishes-title">Settings</h2>
      <p class="muted small">Kept on this device.</p>
      <div class="fields">
        <div class="field">
          <span class="label" aria-hidden="true">
            Theme
          </span>
          <ThemeChoice />
        </div>
        <Field label="Language you write in">
          {(ids) => (
            <select
              {...ids}
              value={language ?? ''}
              onChange={(event) => prefer({ language: event.currentTarget.value || null })}
            >
              <option value="">No preference</option>
              {languages.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label="Font size of the editor">
          {(ids) => (
            <select
              {...ids}
              value={fontSize}
              onChange={(event) => prefer({ fontSize: Number(event.currentTarget.value) })}
            >
              {FONT_SIZES.map((size) => (
                <option key={size}>{size}</option>
              ))}
            </select>
          )}
        </Field>
        <Field label="Tab width">
          {(ids) => (
            <select
              {...ids}
              value={tabWidth}
              onChange={(event) => prefer({ tabWidth: Number(event.currentTarget.value) })}
            >
              {TAB_WIDTHS.map((size) => (
                <option key={size}>{size}</option>
              ))}
            </select>
          )}
        </Field>
        <Field label="Keys of the editor">
          {(ids) => (
            <select
              {...ids}
              value={keys}
              onChange={(event) => prefer({ keys: KEYS[event.currentTarget.selectedIndex]! })}
            >
              {KEYS.map((one) => (
                <option key={one}>{one}</option>
              ))}
            </select>
          )}
        </Field>
      </div>
      <label class="check">
        <input type="checkbox" checked={wrap} onChange={(event) => prefer({ wrap: event.currentTarget.checked })} />
        Wrap long lines in the editor
      </label>
      <label class="check">
        <input type="checkbox" checked={sound} onChange={(event) => prefer({ sound: event.currentTarget.checked })} />
        Sounds
      </label>
    </section>
  );
}
