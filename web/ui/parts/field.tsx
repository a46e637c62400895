import type { Signal } from '@preact/signals';
import type { ComponentChildren, JSX } from 'preact';
import { useId } from 'preact/hooks';

interface FieldProps {
  readonly label: string;
  /** Said below the field, and read with it. */
  readonly hint?: ComponentChildren;
  readonly error?: string | null;
  readonly children: (ids: { id: string; 'aria-describedby': string; 'aria-invalid': boolean }) => JSX.Element;
}

/** A labelled control with its hint and what is wrong with it. */
export function Field({ label, hint, error = null, children }: FieldProps): JSX.Element {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children({ id, 'aria-describedby': `${id}-hint`, 'aria-invalid': error !== null })}
      <p id={`${id}-hint`} class={error === null ? 'hint' : 'hint wrong'}>
        {error ?? hint}
      </p>
    </div>
  );
}

interface TextFieldProps extends Omit<FieldProps, 'children'> {
  readonly value: Signal<string>;
  readonly type?: 'text' | 'password' | 'number' | 'search';
  readonly autoComplete?: string;
  readonly maxLength?: number;
  readonly required?: boolean;
  readonly autoFocus?: boolean;
  readonly min?: number;
  readonly max?: number;
  readonly placeholder?: string;
}

export function TextField({
  label,
  hint,
  error,
  value,
  type = 'text',
  autoFocus,
  ...rest
}: TextFieldProps): JSX.Element {
  return (
    <Field label={label} hint={hint} error={error ?? null}>
      {(ids) => (
        <input
          {...ids}
          {...rest}
          class="input"
          // Preact tells inputs apart by their type; which of them this is does not matter here.
          // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-assertion
          type={type as 'text'}
          value={value.value}
          ref={(input) => {
            if (autoFocus && input && input.dataset['focused'] === undefined) {
              input.dataset['focused'] = '';
              input.focus();
            }
          }}
          onInput={(event) => (value.value = event.currentTarget.value)}
        />
      )}
    </Field>
  );
}
