import type { Signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useId, useRef } from 'preact/hooks';
import { sizeText } from '../../words/admin';
import { Button } from '../parts/button';
import { Beginning } from './beginning';

interface SideFieldProps {
  readonly label: string;
  readonly text: Signal<string>;
  readonly file: Signal<File | null>;
  /** What is there now and too long to be changed by hand; null where it is not. */
  readonly long: { readonly start: string; readonly bytes: number } | null;
}

/** The input or the answer of a test: typed, or taken from a file, which may be as long as a test may be. */
export function SideField({ label, text, file, long }: SideFieldProps): JSX.Element {
  const id = useId();
  const picker = useRef<HTMLInputElement>(null);
  const chosen = file.value;
  const drop = () => {
    file.value = null;
    picker.current!.value = '';
    picker.current!.focus(); // the button is gone
  };
  return (
    <div class="field">
      <label for={chosen || long ? `${id}-file` : id}>{label}</label>
      {chosen ? (
        <p>{sizeText(chosen.size)} from a file take the place of what is there.</p>
      ) : long ? (
        <Beginning text={long.start} bytes={long.bytes} />
      ) : (
        <textarea
          id={id}
          class="input code"
          rows={4}
          spellcheck={false}
          value={text.value}
          onInput={(event) => (text.value = event.currentTarget.value)}
        />
      )}
      <div class="actions">
        <input
          ref={picker}
          id={`${id}-file`}
          type="file"
          aria-label={`${label} from a file`}
          aria-describedby={`${id}-hint`}
          onChange={(event) => (file.value = event.currentTarget.files?.[0] ?? null)}
        />
        {chosen && (
          <Button kind="quiet" label={`${label}: not from this file`} onClick={drop}>
            Not from this file
          </Button>
        )}
      </div>
      <p id={`${id}-hint`} class="hint">
        {long ? 'Too long to be changed here: choose another text file' : 'Or choose a text file'}, of up to 16 MiB, or
        64 KiB for a sample.
      </p>
    </div>
  );
}
