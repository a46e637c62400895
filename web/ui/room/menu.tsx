import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { lazily } from '../parts/lazily';
import { useSheet } from '../parts/use-sheet';
import { useVisit } from './visit-context';

export const MenuSheet = lazily(() => import('./menu-sheet').then(({ MenuSheet }) => MenuSheet), null);

/** What is wanted rarely: ending it, and how the page looks and sounds. */
export function Menu(): JSX.Element {
  const menu = useSheet();
  const isOpen = useSignal(false);
  const { phase } = useVisit().store;
  // What comes next is not to lie beneath it.
  useEffect(() => void (menu.current!.open = false), [phase.value]);
  return (
    <details ref={menu} class="menu" onToggle={(event) => (isOpen.value = event.currentTarget.open)}>
      <summary class="button quiet">Menu</summary>
      {isOpen.value && <MenuSheet />}
    </details>
  );
}
