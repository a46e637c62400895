import type { JSX } from 'preact';
import type { UserId } from '../../../src/contract/terms';
import { may } from '../../../src/core/policy';
import type { AnswerOf } from '../../core/api';
import type { User } from '../../core/session';
import { api, toasts } from '../joust';
import { Button } from '../parts/button';
import { useAnswer } from '../parts/use-answer';
import { Facts, Moment, One } from './facts';
import { FilterBar, useFiltered } from './filter-bar';
import { Listing } from './listing';
import { reasonFor } from './reason';

type AdminRoom = AnswerOf<'GET /api/admin/rooms/:roomId'>;
type Phase = AdminRoom['phase'];
const PHASES: readonly ('live' | Phase)[] = ['live', 'lobby', 'countdown', 'running', 'judging', 'final', 'cancelled'];

/** All rooms. */
export function RoomsPage(): JSX.Element {
  const { pages, filter, narrow } = useFiltered(({ search, phase, userId }, cursor) =>
    api.ask('GET /api/admin/rooms', {
      query: {
        ...(search && { search }),
        ...(phase && { phase: phase as Phase }),
        ...(userId && { userId: userId as UserId }),
        cursor,
      },
    }),
  );
  return (
    <>
      <h1>Rooms</h1>
      <FilterBar
        filter={filter}
        narrow={narrow}
        fields={[
          { name: 'search', label: 'Code or id' },
          { name: 'phase', label: 'Phase', choices: PHASES.map((phase) => [phase, phase]) },
        ]}
      />
      <Listing
        title="Rooms"
        pages={pages}
        none="No room fits."
        keyOf={({ id }) => id}
        columns={[
          { name: 'Room', of: ({ id, code }) => <a href={`/admin/rooms/${id}`}>{code}</a> },
          { name: 'Phase', of: ({ phase }) => phase },
          { name: 'Players', of: ({ players }) => players.map(({ name }) => name).join(' – ') || 'nobody' },
          { name: 'Submissions', number: true, of: ({ submissions }) => submissions },
          { name: 'Waiting', number: true, of: ({ pending }) => pending },
          { name: 'Opened', of: ({ openedAt }) => <Moment at={openedAt} /> },
        ]}
      />
    </>
  );
}

/** One room, with an operator's ways into it. */
export function RoomPage({ id, user }: { id: string; user: User }): JSX.Element {
  const params = { roomId: id };
  const answer = useAnswer(() => api.ask('GET /api/admin/rooms/:roomId', { params }), [id]);
  return (
    <>
      <nav aria-label="Way back" class="small">
        <a href="/admin/rooms">All rooms</a>
      </nav>
      <h1>Room {answer.value?.code}</h1>
      <One answer={answer}>{(room) => <RoomFacts room={room} user={user} again={answer.again} />}</One>
    </>
  );
}

/** What closing does in each phase, said before it is done. */
const CLOSING: Readonly<Partial<Record<Phase, string>>> = {
  lobby: 'Nobody plays in it: it is cancelled, and nothing is counted.',
  countdown: 'It is cancelled before it starts, and nothing is counted.',
  running: 'The contest ends now. What was submitted until now is judged and counts.',
  judging: 'The result becomes final without the verdicts it still waits for.',
};

function RoomFacts({ room, user, again }: { room: AdminRoom; user: User; again: () => void }): JSX.Element {
  const { id, code, phase } = room;
  const params = { roomId: id };
  const closing = CLOSING[phase];
  const close = async () => {
    const reason = await reasonFor({ title: `Close room ${code}?`, says: closing!, yes: 'Close the room' });
    if (reason === null) return;
    await api.ask('POST /api/admin/rooms/:roomId/close', { params, body: { reason } });
    again();
  };
  const announce = async () => {
    const says = 'Both players and whoever watches read it at once. It cannot be taken back.';
    const wording = { label: 'What to tell', hint: 'At most 500 characters.' };
    const text = await reasonFor({ title: `Tell room ${code} something`, says, yes: 'Tell them', ...wording });
    if (text === null) return;
    await api.ask('POST /api/admin/rooms/:roomId/announce', { params, body: { text } });
    toasts.show('They have been told.', 'good');
  };
  return (
    <>
      <Facts
        facts={[
          ['Id', <code>{id}</code>],
          ['Phase', phase],
          ['Host', <Person {...room.host} />],
          [
            'Players',
            room.players.length === 0 ? 'nobody' : room.players.map((one) => <Person key={one.userId} {...one} />),
          ],
          ['Problems', room.problems.map(({ label, slug }) => `${label} ${slug}`).join(', ') || 'picked at the start'],
          ['Minutes', room.minutes],
          ['Counts for the rating', room.casual ? 'no, it is casual' : 'yes'],
          ['Submissions', `${room.submissions}, of which ${room.pending} wait`],
          ['Opened', <Moment at={room.openedAt} />],
          ['Started', <Moment at={room.startedAt} />],
          ['Ended', <Moment at={room.endedAt} />],
          ['Final', <Moment at={room.finalizedAt} />],
          ['Cancelled', <Moment at={room.cancelledAt} />],
        ]}
      />
      <div class="actions">
        {phase === 'final' && (
          <a class="button" href={`/m/${id}`}>
            Result
          </a>
        )}
        <a class="button" href={`/admin/submissions?roomId=${id}`}>
          Submissions
        </a>
        {room.submissions > 0 && may('submissions.rejudge', user) && (
          <a class="button" href={`/admin/rejudges?roomId=${id}`}>
            Judge again
          </a>
        )}
        {phase !== 'cancelled' && may('rooms.announce', user) && (
          <Button onClick={announce}>Tell them something</Button>
        )}
        {closing && may('rooms.close', user) && (
          <Button kind="danger" onClick={close}>
            Close the room
          </Button>
        )}
      </div>
    </>
  );
}

const Person = ({ userId, name }: { userId: string; name: string }): JSX.Element => (
  <a class="room-link" href={`/admin/users/${userId}`}>
    {name}
  </a>
);
