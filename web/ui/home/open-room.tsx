import type { JSX } from 'preact';
import { roomPath } from '../../core/invitation';
import { recentRooms } from '../../core/recent-rooms';
import { api } from '../joust';
import { useAnswer } from '../parts/use-answer';

/** The way back to a room that was left open on this device: nobody has to search for his own duel. */
export function OpenRoom(): JSX.Element | null {
  const [latest] = recentRooms(localStorage);
  const { value } = useAnswer(
    async () => (latest ? await api.ask('GET /api/rooms/:roomId', { params: { roomId: latest.roomId } }) : null),
    [latest?.roomId],
  );
  const room = value?.room;
  if (!latest || !room || room.endedAt !== null || room.cancelledAt !== null) return null;
  return (
    <p class="card open-room">
      <span>
        You are in room <strong>{room.code}</strong>:{' '}
        {room.startedAt === null ? 'not started yet' : 'the duel is running'}.
      </span>
      <a class="button main" href={roomPath(latest)}>
        Go back to it
      </a>
    </p>
  );
}
