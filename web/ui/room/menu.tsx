import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { lazily } from '../parts/lazily';

export const MenuSheet = lazily(() => import('./menu-sheet').then(({ MenuSheet }) => MenuSheet), null);

/** What is wanted rarely: ending it, and how the page looks and sounds. */
export function Menu(): JSX.Element {
  const menu = useRef<HTMLDetailsElement>(null);
  const isOpen = useSignal(false);
  useEffect(() => {
    const close = (event: Event) => {
      const isInside = event.target instanceof Node && menu.current!.contains(event.target);
      const isEscape = event instanceof KeyboardEvent && event.key === 'Escape';
      if (!menu.current!.open || (event instanceof KeyboardEvent ? !isEscape : isInside)) return;
      menu.current!.open = false;
      if (isEscape) menu.current!.querySelector('summary')!.focus();
    };
    document.addEventListener('pointerdown', close);
    document.addEventListener('keydown', close);
    return () => {
      document.removeEventListener('pointerdown', close);
      document.removeEventListener('keydown', close);
    };
  }, []);
  return (
    <details ref={menu} class="menu" onToggle={(event) => (isOpen.value = event.currentTarget.open)}>
      <summary class="button quiet">Menu</summary>
      {isOpen.value && <MenuSheet />}
    </details>
  );
}
