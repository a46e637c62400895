import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

/** A sheet that unfolds over the page: pressing beside it, or Escape, folds it again. */
export function useSheet(): RefObject<HTMLDetailsElement | null> {
  const sheet = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const close = (event: Event) => {
      const isInside = event.target instanceof Node && sheet.current!.contains(event.target);
      const isEscape = event instanceof KeyboardEvent && event.key === 'Escape';
      if (!sheet.current!.open || (event instanceof KeyboardEvent ? !isEscape : isInside)) return;
      sheet.current!.open = false;
      if (isEscape) sheet.current!.querySelector('summary')!.focus();
    };
    document.addEventListener('pointerdown', close);
    document.addEventListener('keydown', close);
    return () => {
      document.removeEventListener('pointerdown', close);
      document.removeEventListener('keydown', close);
    };
  }, []);
  return sheet;
}
