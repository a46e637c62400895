import type { JSX } from 'preact';
import { toasts } from '../joust';

/** What was said in passing. Pointing at it, or focusing it, holds it. What matters is read out elsewhere. */
export const ToastList = (): JSX.Element => (
  <section
    class="toasts"
    aria-label="Messages"
    onMouseEnter={() => toasts.hold()}
    onMouseLeave={() => toasts.release()}
    onFocusIn={() => toasts.hold()}
    onFocusOut={() => toasts.release()}
  >
    {toasts.shown.value.map(({ id, text, tone }) => (
      <div key={id} class={`toast ${tone}`}>
        <p>{text}</p>
        <button type="button" class="close" aria-label="Dismiss the message" onClick={() => toasts.dismiss(id)}>
          ×
        </button>
      </div>
    ))}
  </section>
);
