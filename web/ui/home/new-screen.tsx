import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import '../../styles/new.css';
import { roomPath } from '../../core/invitation';
import { DEFAULT_WISHES, faultsOf, settingsOf, type RoomWishes } from '../../core/room-wishes';
import { api, session } from '../joust';
import { Form } from '../parts/form';
import { SignIn } from '../parts/sign-in';
import { useTitle } from '../parts/use-title';
import { go } from '../router';
import { FewSettings } from './few-settings';
import { MoreSettings } from './more-settings';
import { ProblemSettings } from './problem-settings';

/** Settles what a duel is about, and opens its room. */
export function NewScreen(_: { params: Readonly<Record<string, string>> }): JSX.Element {
  useTitle('Create a duel – Joust');
  return (
    <main id="main" class="page narrow" tabIndex={-1}>
      <h1>Create a duel</h1>
      {session.user.value ? (
        <Settings />
      ) : (
        <SignIn why="Duels are played under a name." submit="Go on as a guest" autoFocus />
      )}
    </main>
  );
}

/** A link such as /new?problem=a-plus-b begins with that problem chosen. */
function wishesFrom(query: string): RoomWishes {
  const slugs = new URLSearchParams(query).getAll('problem');
  return slugs.length === 0 ? DEFAULT_WISHES : { ...DEFAULT_WISHES, pick: 'named', slugs };
}

function Settings(): JSX.Element {
  const wishes = useSignal(wishesFrom(location.search));
  /** What is wrong is said once somebody has tried to go on; from then on it is said as he types. */
  const isTried = useSignal(false);
  const faults = isTried.value ? faultsOf(wishes.value) : {};
  const set = (change: Partial<RoomWishes>) => (wishes.value = { ...wishes.value, ...change });

  const open = async () => {
    isTried.value = true;
    if (Object.keys(faultsOf(wishes.value)).length > 0) {
      setTimeout(showFirstFault);
      return;
    }
    const { room, password } = await api.ask('POST /api/rooms', { body: { settings: settingsOf(wishes.value) } });
    go(roomPath({ code: room.code, password: password ?? null }));
  };
  const parts = { wishes: wishes.value, faults, set };
  return (
    <Form onSubmit={open} submit="Create the duel" busy="Creating …" label="Settings" class="new-room">
      <ProblemSettings {...parts} />
      <FewSettings {...parts} />
      <MoreSettings {...parts} />
    </Form>
  );
}

/** Takes whoever wants to go on to what is missing, also where it is folded away. */
function showFirstFault(): void {
  const wrong = document.querySelector<HTMLElement>('.new-room [aria-invalid="true"], .new-room [data-wrong]');
  const folded = wrong?.closest('details');
  if (folded) folded.open = true;
  wrong?.focus();
}
