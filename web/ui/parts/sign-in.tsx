import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { complaintOf } from '../../words/complaint';
import { api, session } from '../joust';
import { arrive } from './arrival';
import { TextField } from './field';
import { Form } from './form';
import { useAnswer } from './use-answer';

interface SignInProps {
  /** Why one has to, where it is not plain. */
  readonly why?: string;
  readonly submit?: string;
  readonly autoFocus?: boolean;
}

/** Says who one is: by Google where that is set up, or as a guest, who needs a name and nothing else. */
export function SignIn({ why, submit = 'Play as a guest', autoFocus = false }: SignInProps): JSX.Element {
  const name = useSignal('');
  const { value: ways } = useAnswer(() => api.ask('GET /api/auth/providers'), []);
  const error = useSignal<string | null>(null);
  useEffect(() => void arrive(), []);
  const send = async () => {
    try {
      error.value = null;
      await session.signInAsGuest(name.value);
    } catch (refusal) {
      const { code, says } = complaintOf(refusal);
      error.value = code === 'request.malformed' ? 'A name has 1 to 32 characters that can be seen.' : says;
    }
  };
  const google = ways?.google && (
    <a class="button" href={`/api/auth/google?returnTo=${location.pathname}`}>
      Sign in with Google
    </a>
  );
  if (ways?.guests === false) return <p>{google}</p>;
  return (
    <Form onSubmit={send} submit={submit} busy="Signing in …" label="Sign in" class="sign-in">
      {why && <p>{why}</p>}
      <TextField
        label="Your name"
        hint="What your opponent sees. No account, no password."
        value={name}
        error={error.value}
        autoComplete="nickname"
        maxLength={32}
        required
        autoFocus={autoFocus}
      />
      {google}
    </Form>
  );
}
