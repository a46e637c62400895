import type { JSX } from 'preact';
import { KEYS } from '../../core/preferences';
import { prefer, preferences } from '../joust';
import { useSheet } from '../parts/use-sheet';

/** How the editor looks and behaves, for those who care. */
export function EditorWishes(): JSX.Element {
  const { fontSize, tabWidth, wrap, keys } = preferences.value;
  const sheet = useSheet();
  return (
    <details ref={sheet} class="wishes">
      <summary class="button quiet">Editor</summary>
      <div class="sheet">
        <label>
          Font size
          <select value={fontSize} onChange={(event) => prefer({ fontSize: Number(event.currentTarget.value) })}>
            {[12, 13, 14, 16, 18, 20, 24].map((size) => (
              <option key={size}>{size}</option>
            ))}
          </select>
        </label>
        <label>
          Tab width
          <select value={tabWidth} onChange={(event) => prefer({ tabWidth: Number(event.currentTarget.value) })}>
            {[2, 4, 8].map((width) => (
              <option key={width}>{width}</option>
            ))}
          </select>
        </label>
        <label>
          Keys
          <select value={keys} onChange={(event) => prefer({ keys: KEYS[event.currentTarget.selectedIndex]! })}>
            {KEYS.map((one) => (
              <option key={one}>{one}</option>
            ))}
          </select>
        </label>
        <label class="check">
          <input type="checkbox" checked={wrap} onChange={(event) => prefer({ wrap: event.currentTarget.checked })} />
          Wrap long lines
        </label>
      </div>
    </details>
  );
}
