import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import '../../styles/home.css';
import { readInvitation, roomPath } from '../../core/invitation';
import { session } from '../joust';
import { TextField } from '../parts/field';
import { Form } from '../parts/form';
import { SignIn } from '../parts/sign-in';
import { useTitle } from '../parts/use-title';
import { go } from '../router';
import { OpenRoom } from './open-room';
import { RecentDuels } from './recent-duels';

/** Where everybody starts: open a duel, or join one. */
export function HomeScreen(_: { params: Readonly<Record<string, string>> }): JSX.Element {
  useTitle('Joust');
  const user = session.user.value;
  return (
    <main id="main" class="page home" tabIndex={-1}>
      <div class="lead">
        <h1>Two people, the same problems, one clock</h1>
        <p class="muted">
          Open a duel, send the link, and both of you get the same problems at the same instant. More solved wins; then
          less time.
        </p>
      </div>
      {user && <OpenRoom key={user.id} />}
      <div class="ways">
        <section class="card" aria-labelledby="open-title">
          <h2 id="open-title">Open a duel</h2>
          <p class="muted">Choose the time and the problems, and send the link to somebody.</p>
          <div class="actions">
            <a class="button main" href="/new">
              Create a duel
            </a>
          </div>
        </section>
        <section class="card" aria-labelledby="join-title">
          <h2 id="join-title">Join a duel</h2>
          <Join />
        </section>
        {!user && (
          <section class="card" aria-labelledby="sign-in-title">
            <h2 id="sign-in-title">Enter a name</h2>
            <SignIn />
          </section>
        )}
      </div>
      <p class="muted">
        Or <a href="/practice">look at the problems</a> first, or at <a href="/help">the rules</a>.
      </p>
      {user && <RecentDuels key={user.id} userId={user.id} />}
    </main>
  );
}

function Join(): JSX.Element {
  const typed = useSignal('');
  const error = useSignal<string | null>(null);
  const join = () => {
    const invitation = readInvitation(typed.value);
    error.value = invitation.code === '' ? 'That is neither a room’s code nor its link.' : null;
    if (error.value === null) go(roomPath(invitation));
    return Promise.resolve();
  };
  return (
    <Form onSubmit={join} submit="Join" label="Join a duel">
      <TextField label="Code or link" value={typed} error={error.value} autoComplete="off" />
    </Form>
  );
}
