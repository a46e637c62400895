import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import type { User } from '../../core/session';
import { api, session } from '../joust';
import { Button } from '../parts/button';
import { arrive } from '../parts/arrival';
import { confirmed } from '../parts/confirm';
import { useAnswer } from '../parts/use-answer';
import { go } from '../router';

/** Leaving. A guest cannot come back: nothing but this browser's cookie knows him. */
export function Account({ user }: { user: User }): JSX.Element {
  const { value: ways } = useAnswer(() => api.ask('GET /api/auth/providers'), []);
  useEffect(() => void arrive(), []);
  const signOut = async () => {
    const says = 'A guest has no password: nobody can sign in as this guest again. The duels stay, for your opponents.';
    const isSure =
      !user.guest || (await confirmed({ title: 'Sign out for good?', says, yes: 'Sign out', danger: true }));
    if (!isSure) return;
    await session.signOut();
    go('/');
  };
  return (
    <section class="account" aria-labelledby="account-title">
      <h2 id="account-title">Account</h2>
      {user.guest && ways?.google && (
        <p>
          <a href="/api/auth/google?returnTo=/me">Link a Google account</a> to keep your history and sign in from
          anywhere.
        </p>
      )}
      <div class="actions">
        <Button kind={user.guest ? 'danger' : 'plain'} busy="Signing out …" onClick={signOut}>
          Sign out
        </Button>
      </div>
    </section>
  );
}
