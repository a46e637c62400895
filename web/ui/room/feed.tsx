import type { JSX } from 'preact';
import { durationText } from '../../core/server-clock';
import { sayEvent } from '../../words/events';
import { useVisit } from './visit-context';

const MOST_SHOWN = 60;

/** What happened in the room, the latest first. */
export function Feed(): JSX.Element {
  const { store } = useVisit();
  const { told, room } = store;
  const startedAt = room.value.startedAt;
  const nameOf = (userId: string) => room.value.players.find((player) => player.userId === userId)?.name ?? 'The host';
  const events = told.value.filter(({ type }) => type !== 'room.opened' && type !== 'player.ready');
  return (
    <section class="feed" aria-labelledby="feed-title">
      <h2 id="feed-title">What happened</h2>
      <ol>
        {events
          .slice(-MOST_SHOWN)
          .reverse()
          .map((event) => (
            <li key={event.seq}>
              <span class="muted small number">
                {startedAt !== null && event.at >= startedAt ? durationText((event.at - startedAt) / 1000) : '–'}
              </span>
              <span>{sayEvent(event, store.userId, nameOf)}</span>
            </li>
          ))}
      </ol>
    </section>
  );
}
