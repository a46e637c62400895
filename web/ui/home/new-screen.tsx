import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import '../../styles/home.css';
import { roomPath } from '../../core/invitation';
import { api, session } from '../joust';
import { TextField } from '../parts/field';
import { Form } from '../parts/form';
import { SignIn } from '../parts/sign-in';
import { useTitle } from '../parts/use-title';
import { go } from '../router';

/** Settles what a duel is about, and opens its room. */
export function NewScreen(_: { params: Readonly<Record<string, string>> }): JSX.Element {
  useTitle('Create a duel – Joust');
  return (
    <main id="main" class="page narrow" tabIndex={-1}>
      <h1>Create a duel</h1>
      {session.user.value ? <Settings /> : <SignIn why="Duels are played under a name." submit="Go on as a guest" />}
    </main>
  );
}

function Settings(): JSX.Element {
  const minutes = useSignal('30');
  const count = useSignal('3');
  const open = async () => {
    const settings = { minutes: Number(minutes.value), problems: { count: Number(count.value) } };
    const { room, password } = await api.ask('POST /api/rooms', { body: { settings } });
    go(roomPath({ code: room.code, password: password ?? null }));
  };
  return (
    <Form onSubmit={open} submit="Create the duel" busy="Creating …" label="Settings">
      <TextField label="Minutes" type="number" value={minutes} min={1} max={300} required />
      <TextField label="Problems" type="number" value={count} min={1} max={10} required />
    </Form>
  );
}
