import type { JSX } from 'preact';
import { SignIn } from '../parts/sign-in';
import { useVisit } from './visit-context';

/** The session is over and cannot be renewed. The room stays on the screen, and the code with it. */
export function SessionEnded(): JSX.Element {
  const { phase, part } = useVisit().store;
  const hasCode = part.value === 'player' && (phase.value === 'running' || phase.value === 'judging');
  return (
    <section class="banner session-ended" aria-labelledby="session-ended-title">
      <h2 id="session-ended-title">Your session has ended</h2>
      <SignIn why={`${hasCode ? 'Your code is kept on this device. ' : ''}Sign in to go on.`} submit="Sign in again" />
    </section>
  );
}
