import type { JSX } from 'preact';
import { SignIn } from '../parts/sign-in';

/** Whoever follows an invitation and has no name yet is asked for one, and lands in the room. */
export const Invited = ({ code }: { code: string }): JSX.Element => (
  <main id="main" class="page narrow" tabIndex={-1}>
    <h1>You are invited to a duel</h1>
    <p class="muted">
      Two people, the same problems, one clock. Room <strong>{code.toUpperCase()}</strong>
    </p>
    <SignIn submit="Join as a guest" autoFocus />
  </main>
);
