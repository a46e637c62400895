import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import '../../styles/me.css';
import { Pages } from '../../core/pages';
import type { User } from '../../core/session';
import { statsText } from '../../words/me';
import { REFUSAL_WORDS } from '../../words/refusals';
import { api, session } from '../joust';
import { Confirmation } from '../parts/confirm';
import { SignIn } from '../parts/sign-in';
import { useAnswer } from '../parts/use-answer';
import { useTitle } from '../parts/use-title';
import { Account } from './account';
import { History } from './history';
import { RatingCurve } from './rating-curve';
import { Sessions } from './sessions';
import { Wishes } from './wishes';

/** What somebody has played, and how he likes things. */
export function MeScreen(_: { params: Readonly<Record<string, string>> }): JSX.Element {
  const user = session.user.value;
  useTitle(`${user?.name ?? 'You'} – Joust`);
  const isOver = session.state.value === 'expired';
  if (user && !isOver) return <Me key={user.id} user={user} />;
  return (
    <main id="main" class="page narrow" tabIndex={-1}>
      <h1>{isOver ? REFUSAL_WORDS['auth.expired'].title : 'You'}</h1>
      <SignIn
        why={isOver ? REFUSAL_WORDS['auth.expired'].says : 'Your duels and your rating are kept under your name.'}
      />
      <Wishes />
    </main>
  );
}

function Me({ user }: { user: User }): JSX.Element {
  const history = useMemo(
    () =>
      new Pages((cursor) =>
        api.ask('GET /api/users/:userId/history', { params: { userId: user.id }, query: { cursor } }),
      ),
    [user.id],
  );
  return (
    <main id="main" class="page me" tabIndex={-1}>
      <div>
        <h1>{user.name}</h1>
        {user.guest && <p class="muted">A guest: this account lives in this browser alone.</p>}
      </div>
      <Stats />
      {history.items.value.some(({ casual }) => !casual) && <RatingCurve history={history.items.value} />}
      <History history={history} />
      <Wishes />
      <Sessions />
      <Account user={user} />
      <Confirmation />
    </main>
  );
}

/** Where the figures cannot be had dashes stay: the list below says what is wrong. */
function Stats(): JSX.Element {
  const { value: stats } = useAnswer(() => api.ask('GET /api/me/stats'), []);
  return (
    <dl class="stats" aria-busy={stats === null}>
      {statsText(stats).map(([name, value]) => (
        <div key={name}>
          <dt class="muted">{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
