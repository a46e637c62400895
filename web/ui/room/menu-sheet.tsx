import type { JSX } from 'preact';
import { GONE_MS } from '../../../src/core/moves';
import { prefer, preferences, toasts } from '../joust';
import { Button } from '../parts/button';
import { confirmed } from '../parts/confirm';
import { ThemeChoice } from '../parts/theme-choice';
import { useServerNow } from '../parts/use-now';
import { useVisit } from './visit-context';

/** What the menu holds: ending it, how the page looks and sounds, and what was said in passing. */
export function MenuSheet(): JSX.Element {
  return (
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
