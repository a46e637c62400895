import type { JSX } from 'preact';
import type { User } from '../../core/session';
import { session } from '../joust';
import { Button } from '../parts/button';
import { confirmed } from '../parts/confirm';
import { go } from '../router';

/** Leaving. A guest cannot come back: nothing but this browser's cookie knows him. */
export function Account({ user }: { user: User }): JSX.Element {
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
      <div class="actions">
        <Button kind={user.guest ? 'danger' : 'plain'} busy="Signing out …" onClick={signOut}>
          Sign out
        </Button>
      </div>
    </section>
  );
}
