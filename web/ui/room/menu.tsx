import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { GONE_MS } from '../../../src/core/moves';
import { prefer, preferences, toasts } from '../joust';
import { Button } from '../parts/button';
import { confirmed } from '../parts/confirm';
import { ThemeChoice } from '../parts/theme-choice';
import { useServerNow } from '../parts/use-now';
import { useVisit } from './visit-context';

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
      {isOpen.value && (
        <div class="sheet">
          <Moves />
          <label class="check">
            <input
              type="checkbox"
              checked={preferences.value.sound}
              onChange={(event) => prefer({ sound: event.currentTarget.checked })}
            />
            Sounds
          </label>
          <div class="check">
            Theme <ThemeChoice />
          </div>
          {toasts.history.value.length > 0 && (
            <details class="messages">
              <summary>Messages</summary>
              <ol>
                {toasts.history.value.toReversed().map(({ id, text }) => (
                  <li key={id}>{text}</li>
                ))}
              </ol>
            </details>
          )}
          <a href="/help" target="_blank">
            Rules and keyboard
          </a>
          <a href="/">To the start page</a>
        </div>
      )}
    </details>
  );
}

/** What a player or a referee may do to the running contest. */
function Moves(): JSX.Element | null {
  const visit = useVisit();
  const { store } = visit;
  const { room, phase, me, isHost, opponent } = store;
  const now = useServerNow();
  if (phase.value !== 'running' || !(me.value || isHost.value)) return null;
  const offeredBy = room.value.endOfferedBy;
  const goneSince = visit.opponentGoneSince();
  const isGone = goneSince !== null && now - goneSince >= GONE_MS;
  const end = () => visit.move('POST /api/rooms/:roomId/end');
  const resign = async () => {
    const says = `${opponent.value?.name ?? 'Your opponent'} wins at once, whatever the board says.`;
    if (await confirmed({ title: 'Resign?', says, yes: 'Resign', danger: true }))
      await visit.move('POST /api/rooms/:roomId/resign');
  };
  const endNow = async () => {
    const says = 'What was submitted in time is still judged, and the board decides.';
    if (await confirmed({ title: 'End the duel now?', says, yes: 'End it' })) await end();
  };
  return (
    <div class="moves">
      {!me.value || isGone ? (
        <Button onClick={endNow}>End the duel now</Button>
      ) : offeredBy === store.userId ? (
        <Button onClick={() => undefined} locked="You have offered to end. Your opponent has not answered yet.">
          Offered to end
        </Button>
      ) : (
        <Button onClick={end}>{offeredBy === null ? 'Offer to end now' : 'Agree to end now'}</Button>
      )}
      {me.value && isGone && room.value.settings.onGone === 'claim' && (
        <Button onClick={() => visit.move('POST /api/rooms/:roomId/claim')}>Claim the win</Button>
      )}
      {isHost.value && (
        <Button onClick={() => visit.move('POST /api/rooms/:roomId/extend', { minutes: 5 })}>Add 5 minutes</Button>
      )}
      {me.value && (
        <Button kind="danger" onClick={resign}>
          Resign
        </Button>
      )}
    </div>
  );
}
