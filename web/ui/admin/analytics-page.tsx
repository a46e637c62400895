import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { AnswerOf } from '../../core/api';
import { Pages } from '../../core/pages';
import { api, clock } from '../joust';
import { Field } from '../parts/field';
import { useAnswer } from '../parts/use-answer';
import { Verdict } from '../parts/verdict';
import { Facts, One } from './facts';
import { Listing, Rows } from './listing';
import { Plot } from './plot';

type Analytics = AnswerOf<'GET /api/admin/analytics'>;
type ProblemFigures = AnswerOf<'GET /api/admin/analytics/problems'>['items'][number];

const DAY_MS = 24 * 3_600_000;
const WINDOWS = [1, 7, 30, 90] as const;

/** What happened in the last days. */
export function AnalyticsPage(): JSX.Element {
  const days = useSignal<number>(7);
  return (
    <>
      <h1>Analytics</h1>
      <Field label="The last">
        {(ids) => (
          <select {...ids} value={days.value} onChange={(event) => (days.value = Number(event.currentTarget.value))}>
            {WINDOWS.map((one) => (
              <option key={one} value={one}>
                {one === 1 ? '24 hours' : `${one} days`}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Window key={days.value} days={days.value} />
    </>
  );
}

function Window({ days }: { days: number }): JSX.Element {
  const query = useMemo(() => ({ fromAt: new Date(clock.now() - days * DAY_MS).toISOString() }), [days]);
  const answer = useAnswer(() => api.ask('GET /api/admin/analytics', { query }), [days]);
  const problems = useMemo(
    () =>
      new Pages<ProblemFigures>((cursor) =>
        api.ask('GET /api/admin/analytics/problems', { query: { ...query, cursor } }),
      ),
    [days],
  );
  return (
    <>
      <One answer={answer}>{(figures) => <Figures figures={figures} />}</One>
      <section aria-labelledby="problems-title">
        <h2 id="problems-title">Problems that were tried</h2>
        <Listing
          title="Problems that were tried"
          pages={problems}
          none="Nobody has tried one."
          keyOf={({ slug }) => slug}
          columns={[
            { name: 'Problem', of: ({ slug, title }) => <a href={`/admin/problems/${slug}`}>{title}</a> },
            { name: 'Difficulty', of: ({ difficulty }) => difficulty },
            { name: 'Submissions', number: true, of: ({ submissions }) => submissions },
            { name: 'Tried by', number: true, of: ({ tried }) => tried },
            { name: 'Solved by', number: true, of: ({ solved }) => solved },
            { name: 'Share', number: true, of: ({ passRate }) => `${Math.round(passRate * 100)} %` },
          ]}
        />
      </section>
    </>
  );
}

const Figures = ({ figures: { users, rooms, submissions, perHour } }: { figures: Analytics }): JSX.Element => (
  <>
    <Facts
      facts={[
        ['Users in all', users.total],
        ['New', `${users.new}, ${users.newGuests} as guests`],
        ['Who submitted', users.active],
        ['Rooms opened', rooms.opened],
        ['Duels started', rooms.started],
        ['Duels finished', rooms.finalized],
        ['Cancelled', rooms.cancelled],
        ['Submissions', submissions.total],
      ]}
    />
    <Plot title="Submissions" hours={perHour.map(({ at, submissions: value }) => ({ at, value }))} />
    <Plot title="Rooms opened" hours={perHour.map(({ at, rooms: value }) => ({ at, value }))} />
    <Plot title="New users" hours={perHour.map(({ at, users: value }) => ({ at, value }))} />
    {submissions.total > 0 && (
      <div class="boards">
        <Rows
          title="Submissions by verdict"
          items={submissions.byVerdict}
          keyOf={({ verdict }) => verdict}
          columns={[
            { name: 'Verdict', of: ({ verdict }) => <Verdict verdict={verdict} /> },
            { name: 'Submissions', number: true, of: ({ count }) => count },
          ]}
        />
        <Rows
          title="Submissions by language"
          items={submissions.byLanguage}
          keyOf={({ language }) => language}
          columns={[
            { name: 'Language', of: ({ language }) => language },
            { name: 'Submissions', number: true, of: ({ count }) => count },
            { name: 'Accepted', number: true, of: ({ accepted }) => accepted },
          ]}
        />
      </div>
    )}
  </>
);
