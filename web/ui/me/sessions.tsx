import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import '../../styles/sessions.css';
import { Pages } from '../../core/pages';
import type { AnswerOf } from '../../core/api';
import { deviceText, lastUsedText } from '../../words/sessions';
import { api, clock, session, toasts } from '../joust';
import { Button } from '../parts/button';
import { confirmed } from '../parts/confirm';
import { Trouble } from '../parts/trouble';
import { go } from '../router';

type OwnSession = AnswerOf<'GET /api/me/sessions'>['items'][number];

/** Where one is signed in. What is ended there falls to its sign-in page at once; what was typed there stays there. */
export function Sessions(): JSX.Element {
  const sessions = useMemo(() => new Pages((cursor) => api.ask('GET /api/me/sessions', { query: { cursor } })), []);
  const { items, hasMore, state, failure } = sessions;
  const end = async ({ id, agent }: OwnSession) => {
    await api.ask('DELETE /api/me/sessions/:sessionId', { params: { sessionId: id } });
    toasts.show(`Signed out: ${deviceText(agent)}.`, 'good');
    await sessions.again();
  };
  return (
    <section class="sessions" aria-labelledby="sessions-title" aria-busy={state.value === 'new'}>
      <h2 id="sessions-title">Where you are signed in</h2>
      <ul>
        {items.value.map((one) => (
          <li key={one.id}>
            <p>
              <span class="device">{deviceText(one.agent)}</span>
              {one.current && <span class="here">This device</span>}
            </p>
            <p class="muted small">{lastUsedText(one, clock.now())}</p>
            {!one.current && (
              <Button busy="Signing out …" label={`Sign out ${deviceText(one.agent)}`} onClick={() => end(one)}>
                Sign out
              </Button>
            )}
          </li>
        ))}
      </ul>
      <Trouble pages={sessions} />
      {state.value === 'new' && <p class="muted">Getting them …</p>}
      <div class="actions">
        {hasMore.value && !failure.value && (
          <Button busy="Getting more …" onClick={() => sessions.more()}>
            Show more
          </Button>
        )}
        {items.value.length > 1 && (
          <Button kind="danger" busy="Signing out …" onClick={signOutEverywhere}>
            Sign out everywhere
          </Button>
        )}
      </div>
    </section>
  );
}

async function signOutEverywhere(): Promise<void> {
  const says = 'This device, too. A duel that runs goes on without you until you sign in again.';
  const isSure = await confirmed({ title: 'Sign out everywhere?', says, yes: 'Sign out everywhere', danger: true });
  if (!isSure) return;
  await session.signOutEverywhere();
  go('/');
}
