import { useSignal } from '@preact/signals';
import type { ComponentChildren, JSX } from 'preact';
import { complain } from './button';

interface FormProps {
  readonly onSubmit: () => Promise<void>;
  readonly submit: string;
  readonly busy?: string;
  readonly children: ComponentChildren;
  readonly class?: string;
  readonly label?: string;
  /** Beside the button that submits. */
  readonly also?: ComponentChildren;
}

/** A form that is sent once at a time. What goes wrong is told, unless `onSubmit` tells it itself. */
export function Form({ onSubmit, submit, busy, children, label, also, ...rest }: FormProps): JSX.Element {
  const working = useSignal(false);
  const send = async () => {
    if (working.value) return;
    working.value = true;
    try {
      await onSubmit();
    } catch (error) {
      complain(error);
    } finally {
      working.value = false;
    }
  };
  return (
    <form
      class={`form ${rest.class ?? ''}`}
      aria-label={label}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      {children}
      <div class="actions">
        <button class="button main" type="submit" aria-disabled={working.value} aria-busy={working.value}>
          {working.value && busy ? busy : submit}
        </button>
        {also}
      </div>
    </form>
  );
}
