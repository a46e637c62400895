import { useSignal } from '@preact/signals';
import type { ComponentChildren, JSX } from 'preact';
import { complaintOf } from '../../words/complaint';
import { announcer, toasts } from '../joust';

interface ButtonProps {
  /** What it does. While a promise is under way the button says so and cannot be pressed again. */
  readonly onClick: () => unknown;
  readonly children: ComponentChildren;
  readonly kind?: 'main' | 'plain' | 'danger' | 'quiet';
  /** Why it cannot be pressed now, in words; it stays reachable, and says so. */
  readonly locked?: string | null;
  /** What it says while it works. */
  readonly busy?: string;
  readonly title?: string;
  readonly class?: string;
  readonly label?: string;
  readonly pressed?: boolean;
}

/** A button that carries its state in words: working, locked and why. What goes wrong it tells. */
export function Button({ onClick, children, kind = 'plain', locked = null, busy, ...rest }: ButtonProps): JSX.Element {
  const working = useSignal(false);
  const press = async () => {
    if (working.value) return;
    if (locked !== null) {
      announcer.sayNow(locked);
      return;
    }
    working.value = true;
    try {
      await onClick();
    } catch (error) {
      complain(error);
    } finally {
      working.value = false;
    }
  };
  return (
    <button
      type="button"
      class={`button ${kind} ${rest.class ?? ''}`}
      aria-disabled={locked !== null || working.value}
      aria-busy={working.value}
      aria-label={rest.label}
      aria-pressed={rest.pressed}
      title={locked ?? rest.title}
      onClick={() => void press()}
    >
      {working.value && busy ? busy : children}
    </button>
  );
}

/** Tells what went wrong, in a toast and aloud. @throws what is no refusal: a mistake of ours */
export function complain(error: unknown): void {
  const { title, says, requestId, code } = complaintOf(error);
  const id = code === 'server.fault' ? ` (${requestId})` : '';
  toasts.show(`${title}. ${says}${id}`, 'bad');
  announcer.sayNow(`${title}. ${says}`);
}
