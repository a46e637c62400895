import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { complaintOf } from '../../words/complaint';
import { session } from '../joust';
import { TextField } from './field';
import { Form } from './form';

interface SignInProps {
  /** Why one has to, where it is not plain. */
  readonly why?: string;
  readonly submit?: string;
  readonly autoFocus?: boolean;
}

/** Says who one is. A guest needs a name and nothing else. */
export function SignIn({ why, submit = 'Play as a guest', autoFocus = false }: SignInProps): JSX.Element {
  const name = useSignal('');
  const error = useSignal<string | null>(null);
  const send = async () => {
    try {
      error.value = null;
      await session.signInAsGuest(name.value);
    } catch (refusal) {
      const { code, says } = complaintOf(refusal);
      error.value =
        code === 'request.malformed'
          ? 'A name has 1 to 32 characters that can be seen.'
          : code === 'auth.forbidden'
            ? 'Guests are not let in on this server.'
            : says;
    }
  };
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
    </Form>
  );
}
