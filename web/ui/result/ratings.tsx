import type { JSX } from 'preact';
import type { UserId } from '../../../src/contract/terms';
import type { Room } from '../../../src/core/room';
import { historyOf } from '../../core/rating-change';
import { ratingText } from '../../words/result';
import { api } from '../joust';
import { useAnswer } from '../parts/use-answer';

/** What the duel did to the players' ratings. It is beside the point of the page: where it cannot be had nothing is said. */
export function Ratings({ room, me }: { room: Room; me: UserId }): JSX.Element | null {
  const { value: changes } = useAnswer(
    () => Promise.all(room.players.map(({ userId }) => historyOf(api, userId, room))),
    [room.id],
  );
  if (room.casual) return <p class="muted small ratings">Casual: no rating has changed.</p>;
  if (!changes) return null;
  return (
    <dl class="ratings">
      {room.players.map(({ userId, name }, index) => {
        const change = changes[index];
        if (!change) return null;
        return (
          <div key={userId}>
            <dt class="muted">
              Rating of {name}
              {userId === me && ' (you)'}
            </dt>
            <dd>{ratingText(change)}</dd>
          </div>
        );
      })}
    </dl>
  );
}
