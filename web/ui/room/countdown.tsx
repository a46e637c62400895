import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { announcer } from '../joust';
import { Button } from '../parts/button';
import { useLeft } from '../parts/use-now';
import { useVisit } from './visit-context';

/** The seconds before the start, by the server's clock. At its end the server starts, to both at one instant. */
export function Countdown(): JSX.Element {
  const visit = useVisit();
  const { room, opponent, me } = visit.store;
  const left = useLeft(room.value.startsAt);
  const seconds = Math.max(0, Math.ceil((left ?? 0) / 1000));
  useEffect(() => {
    if (seconds > 0 && seconds <= 3) announcer.sayNow(String(seconds));
  }, [seconds]);
  return (
    <main id="main" class="page narrow countdown" tabIndex={-1}>
      <h1>{opponent.value && me.value ? `You against ${opponent.value.name}` : 'The duel starts'}</h1>
      <p class="seconds" role="timer" aria-live="off">
        {seconds > 0 ? seconds : 'Go'}
      </p>
      <p class="muted">Both players get the problems at the same instant.</p>
      {me.value && (
        <div class="actions">
          <Button kind="quiet" onClick={() => visit.move('POST /api/rooms/:roomId/leave')}>
            Stop the countdown and leave
          </Button>
        </div>
      )}
    </main>
  );
}
