import type { JSX } from 'preact';
import { may } from '../../../src/core/policy';
import type { AnswerOf } from '../../core/api';
import type { User } from '../../core/session';
import { api, toasts } from '../joust';
import { Button } from '../parts/button';
import { useAnswer } from '../parts/use-answer';
import { Facts, Moment, One } from './facts';
import { Rows } from './listing';
import { reasonFor } from './reason';

type State = AnswerOf<'GET /api/admin/state'>;

/** How the queue and the judge do, and a word to everybody who plays. */
export function OverviewPage({ user }: { user: User }): JSX.Element {
  const state = useAnswer(() => api.ask('GET /api/admin/state'), []);
  return (
    <>
      <h1>Overview</h1>
      <One answer={state}>{(value) => <JudgeState state={value} />}</One>
      <div class="actions">
        <Button onClick={state.again}>Look again</Button>
        {may('rooms.announce', user) && <Button onClick={announceToAll}>Tell all rooms something</Button>}
      </div>
    </>
  );
}

async function announceToAll(): Promise<void> {
  const text = await reasonFor({
    title: 'Tell all rooms something',
    says: 'Everybody in a room that is not over reads it at once. It cannot be taken back.',
    yes: 'Tell them',
    label: 'What to tell',
    hint: 'At most 500 characters.',
  });
  if (text === null) return;
  const { rooms } = await api.ask('POST /api/admin/announcements', { body: { text } });
  toasts.show(`Told ${rooms} ${rooms === 1 ? 'room' : 'rooms'}.`, 'good');
}

const count = (figure: number | null): string => (figure === null ? 'unknown' : String(figure));

function JudgeState({ state: { queue, bus, owed, breakerOpen, engines } }: { state: State }): JSX.Element {
  return (
    <>
      <section aria-labelledby="owed-title">
        <h2 id="owed-title">To be judged</h2>
        <Facts
          facts={[
            ['Submissions that wait', owed.jobs],
            ['The oldest for', `${Math.round(owed.oldestAgeSeconds)} s`],
            ['In rejudges', owed.rejudging],
            ['Dead letters', <a href="/admin/dead-letters">{owed.deadLetters}</a>],
          ]}
        />
      </section>
      <section aria-labelledby="ways-title">
        <h2 id="ways-title">Queue and bus</h2>
        <Facts
          facts={[
            ['Queue', <Health ok={queue.connected} says={queue.says} />],
            ['Messages in it', count(queue.waiting)],
            ['Dead ones', count(queue.dead)],
            ['Bus', <Health ok={bus.connected} says={bus.says} />],
            ['Judge of this process', breakerOpen === null ? 'none' : <Health ok={!breakerOpen} says="" />],
          ]}
        />
      </section>
      <section aria-labelledby="engines-title">
        <h2 id="engines-title">Judges</h2>
        {engines.length === 0 ? (
          <p class="muted">None has been heard of. Submissions are kept until one is there.</p>
        ) : (
          <Rows
            title="Judges"
            items={engines}
            keyOf={({ id }) => id}
            columns={[
              { name: 'Judge', of: ({ id }) => <code>{id}</code> },
              {
                name: 'State',
                of: ({ alive, available }) => <Health ok={alive && available} says={alive ? '' : 'not heard of'} />,
              },
              { name: 'Mode', of: ({ mode }) => mode },
              {
                name: 'Languages',
                of: ({ languages }) => languages.map(({ name, version }) => `${name} ${version}`).join(', '),
              },
              { name: 'Last heard of', of: ({ seenAt }) => <Moment at={seenAt} /> },
            ]}
          />
        )}
      </section>
    </>
  );
}

const Health = ({ ok, says }: { ok: boolean; says: string }): JSX.Element => (
  <>
    <span class={`verdict ${ok ? 'good' : 'bad'}`}>{ok ? '✓ works' : '✗ does not work'}</span>
    {says && <span class="muted small"> {says}</span>}
  </>
);
