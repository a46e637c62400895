import type { JSX } from 'preact';
import { ROLES, type Role } from '../../../src/contract/terms';
import type { AnswerOf } from '../../core/api';
import type { User } from '../../core/session';
import { api, toasts } from '../joust';
import { Button } from '../parts/button';
import { confirmed } from '../parts/confirm';
import { Field } from '../parts/field';
import { complain } from '../parts/button';
import { useAnswer } from '../parts/use-answer';
import { Facts, Moment, One } from './facts';
import { reasonFor } from './reason';

type Person = AnswerOf<'GET /api/admin/users/:userId'>;

/** One user: his role, whether he may come in, where he is. */
export function UserPage({ id, user: me }: { id: string; user: User }): JSX.Element {
  const answer = useAnswer(() => api.ask('GET /api/admin/users/:userId', { params: { userId: id } }), [id]);
  return (
    <>
      <nav aria-label="Way back" class="small">
        <a href="/admin/users">All users</a>
      </nav>
      <h1>{answer.value?.name ?? 'User'}</h1>
      <One answer={answer}>
        {(person) => <Profile person={person} isMe={person.id === me.id} again={answer.again} />}
      </One>
    </>
  );
}

interface ProfileProps {
  readonly person: Person;
  readonly isMe: boolean;
  readonly again: () => void;
}

function Profile({ person, isMe, again }: ProfileProps): JSX.Element {
  const { id, name, bannedAt, stats, sessions, openRooms } = person;
  const params = { userId: id };
  const signOut = async () => {
    const says = 'On every device. He can sign in again, unless he is a guest.';
    if (!(await confirmed({ title: `Sign ${name} out?`, says, yes: 'Sign out everywhere', danger: true }))) return;
    await api.ask('DELETE /api/admin/users/:userId/sessions', { params });
    again();
  };
  return (
    <>
      <Facts
        facts={[
          ['Id', <code>{id}</code>],
          ['Account', person.guest ? 'guest' : person.issuer],
          ['Since', <Moment at={person.createdAt} />],
          ['Duels', `${stats.contests} (${stats.wins} won, ${stats.losses} lost, ${stats.draws} drawn)`],
          ['Rating', Math.round(stats.rating)],
          ['Signed in', `${sessions} ${sessions === 1 ? 'time' : 'times'}`],
          ['Open rooms', openRooms.length === 0 ? 'none' : openRooms.map((room) => <RoomLink key={room} id={room} />)],
          ['Banned', bannedAt === null ? 'no' : <Moment at={bannedAt} />],
        ]}
      />
      {!isMe && <RoleChoice person={person} again={again} />}
      <div class="actions">
        <a class="button" href={`/admin/submissions?userId=${id}`}>
          Submissions
        </a>
        {sessions > 0 && !isMe && <Button onClick={signOut}>Sign out everywhere</Button>}
        {!isMe && <BanButton person={person} again={again} />}
      </div>
    </>
  );
}

const RoomLink = ({ id }: { id: string }): JSX.Element => (
  <a class="room-link" href={`/admin/rooms/${id}`}>
    {id}
  </a>
);

function RoleChoice({ person: { id, name, role }, again }: Omit<ProfileProps, 'isMe'>): JSX.Element {
  const give = async (next: Role) => {
    const says = `From ${role} to ${next}. What the new role may not do, ${name} cannot do from now on.`;
    try {
      if (await confirmed({ title: `Change the role of ${name}?`, says, yes: `Make ${next}` }))
        await api.ask('PUT /api/admin/users/:userId/role', { params: { userId: id }, body: { role: next } });
    } catch (error) {
      complain(error);
    }
    again();
  };
  return (
    <Field label="Role" hint="A setter writes problems, a judge looks after judging, an admin may do everything.">
      {(ids) => (
        <select {...ids} value={role} onChange={(event) => void give(event.currentTarget.value as Role)}>
          {ROLES.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </select>
      )}
    </Field>
  );
}

function BanButton({ person: { id, name, bannedAt, openRooms }, again }: Omit<ProfileProps, 'isMe'>): JSX.Element {
  const params = { userId: id };
  const ban = async () => {
    const rooms = openRooms.length === 0 ? '' : ' A contest that runs is forfeited, and his seats are freed.';
    const says = `${name} is signed out within seconds and cannot come in any more.${rooms}`;
    const reason = await reasonFor({ title: `Ban ${name}?`, says, yes: 'Ban' });
    if (reason === null) return;
    await api.ask('POST /api/admin/users/:userId/ban', { params, body: { reason } });
    toasts.show(`${name} is banned.`, 'good');
    again();
  };
  const unban = async () => {
    const says = 'What was lost by the ban stays lost.';
    if (!(await confirmed({ title: `Let ${name} in again?`, says, yes: 'Let in again' }))) return;
    await api.ask('POST /api/admin/users/:userId/unban', { params });
    again();
  };
  return bannedAt === null ? (
    <Button kind="danger" onClick={ban}>
      Ban
    </Button>
  ) : (
    <Button onClick={unban}>Let in again</Button>
  );
}
