import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import type { Complaint } from '../../words/complaint';
import { recentRooms } from '../../core/recent-rooms';
import { Button } from '../parts/button';
import { TextField } from '../parts/field';
import { Form } from '../parts/form';
import { hash } from '../router';
import { WATCHABLE, type Entry } from './door';
import { KeptCode } from './kept-code';

interface TurnedAwayProps {
  readonly complaint: Complaint;
  readonly code: string;
  /** Tries again, with what was missing. */
  readonly enter: (entry?: Entry) => Promise<void>;
}

/** Why somebody cannot go in, in words, and what he can do next. */
export function TurnedAway({ complaint, code, enter }: TurnedAwayProps): JSX.Element {
  const { title, says, next, code: refusal } = complaint;
  const needsPassword = next === 'password';
  return (
    <main id="main" class="page narrow notice" tabIndex={-1}>
      <h1>{title}</h1>
      <p>{says}</p>
      {needsPassword && <PasswordForm enter={enter} />}
      <div class="actions">
        {next === 'try-again' || next === 'wait' ? (
          <Button kind="main" busy="Trying …" onClick={() => enter()}>
            Try again
          </Button>
        ) : null}
        {refusal === 'player.already-in-a-room' && <OtherRoom code={code} />}
        {next === 'new-room' && (
          <a class="button main" href="/new">
            Create a duel of your own
          </a>
        )}
        {WATCHABLE.includes(refusal) && (
          <Button
            kind={refusal === 'contest.over' ? 'main' : 'plain'}
            busy="Asking …"
            onClick={() => enter({ as: 'spectator' })}
          >
            {refusal === 'contest.over' ? 'See how it ended' : 'Watch it instead'}
          </Button>
        )}
        <a class="button plain" href="/">
          To the start page
        </a>
      </div>
      <KeptCode code={code} />
    </main>
  );
}

function PasswordForm({ enter }: Pick<TurnedAwayProps, 'enter'>): JSX.Element {
  const password = useSignal('');
  // A link may carry a password that is none.
  const tries = useSignal(hash.peek() === '' ? 0 : 1);
  const send = async () => {
    await enter({ password: password.value });
    tries.value += 1;
  };
  return (
    <Form onSubmit={send} submit="Join" busy="Joining …" label="Password of the room">
      <TextField
        label="Password"
        value={password}
        error={tries.value > 0 ? 'That is not the password of this room.' : null}
        autoComplete="off"
        required
        autoFocus
      />
    </Form>
  );
}

/** The room somebody is in, as far as this device knows. */
function OtherRoom({ code }: { code: string }): JSX.Element | null {
  const [other] = recentRooms(localStorage).filter((room) => room.code !== code.toUpperCase());
  return other ? (
    <a class="button main" href={`/r/${other.code}`}>
      Back to room {other.code}
    </a>
  ) : null;
}
