import type { ComponentChildren, JSX } from 'preact';
import { useId } from 'preact/hooks';
import type { RoomWishes, WishFaults } from '../../core/room-wishes';
import { CHOICES, faultText } from '../../words/room-wishes';
import { Field } from '../parts/field';

/** What every part of the form gets: what is entered, what is wrong with it, and how to change it. */
export interface WishProps {
  readonly wishes: RoomWishes;
  readonly faults: WishFaults;
  readonly set: (change: Partial<RoomWishes>) => void;
}

type TextKey = {
  [K in keyof RoomWishes]: RoomWishes[K] extends string ? (string extends RoomWishes[K] ? K : never) : never;
}[keyof RoomWishes];

interface WishFieldProps extends WishProps {
  readonly name: TextKey;
  readonly label: string;
  readonly hint?: string;
  readonly isText?: boolean;
}

/** An entry of a number, or of a text. Whether it is one is looked at in the page's own words, not in the browser's. */
export function WishField({ name, label, hint, isText = false, wishes, faults, set }: WishFieldProps): JSX.Element {
  const fault = faults[name];
  return (
    <Field label={label} hint={hint} error={fault ? faultText(fault) : null}>
      {(ids) => (
        <input
          {...ids}
          class={isText ? 'input' : 'input figure'}
          type="text"
          inputMode={isText ? 'text' : 'decimal'}
          autoComplete="off"
          value={wishes[name]}
          onInput={(event) => set({ [name]: event.currentTarget.value })}
        />
      )}
    </Field>
  );
}

interface WishChoiceProps<K extends keyof typeof CHOICES> extends Omit<WishProps, 'faults'> {
  readonly name: K;
  readonly legend: string;
  readonly hint?: ComponentChildren;
  /** Beside each other, as buttons of a bar. */
  readonly isBar?: boolean;
}

/** One of a few. */
export function WishChoice<K extends keyof typeof CHOICES>({
  name,
  legend,
  hint,
  isBar = false,
  wishes,
  set,
}: WishChoiceProps<K>): JSX.Element {
  const group = useId();
  return (
    <fieldset class={isBar ? 'bar' : 'stack'} aria-describedby={`${group}-hint`}>
      <legend>{legend}</legend>
      <div class="options">
        {CHOICES[name].map(([value, text]) => (
          <label key={value} class="option">
            <input
              type="radio"
              name={group}
              value={value}
              checked={wishes[name] === value}
              onChange={() => set({ [name]: value })}
            />
            <span>{text}</span>
          </label>
        ))}
      </div>
      <p id={`${group}-hint`} class="hint">
        {hint}
      </p>
    </fieldset>
  );
}
