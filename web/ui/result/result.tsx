import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { SubmissionId, UserId } from '../../../src/contract/terms';
import { boardAt, roomAt, stepsOf, type PastContest } from '../../core/past-contest';
import { timelineOf } from '../../core/timeline';
import { resultOf } from '../../words/result';
import { countOf } from '../../words/room';
import { useTitle } from '../parts/use-title';
import { Board } from '../room/board';
import { Codes } from './codes';
import { Ratings } from './ratings';
import { ResultActions } from './result-actions';
import { Scrubber } from './scrubber';
import { TimelineFigure } from './timeline-figure';

interface ResultProps {
  readonly contest: PastContest;
  readonly me: UserId;
}

/** How a duel came out and how it got there: the chart and the board show any moment of its log. */
export function Result({ contest, me }: ResultProps): JSX.Element {
  const { room, events, problems, submissions } = contest;
  const steps = useMemo(() => stepsOf(contest), [contest]);
  const timeline = useMemo(() => timelineOf(room), [contest]);
  const final = useMemo(() => boardAt(room), [contest]);
  const at = useSignal(steps.length - 1);
  const selected = useSignal<SubmissionId | null>(null);

  const step = steps[at.value];
  const isEnd = at.value >= steps.length - 1;
  const shown = isEnd || !step ? room : roomAt(room.id, events, step.position);
  const titles = new Map(problems.map(({ label, title }) => [label, title]));
  const { title, why } = resultOf(room, final, me);
  useTitle(`${title} – Joust`);

  const select = (submissionId: SubmissionId) => {
    selected.value = submissionId;
    const received = steps.findIndex(
      ({ event }) => event.type === 'submission.received' && event.data.submissionId === submissionId,
    );
    if (received >= 0) at.value = received;
  };
  const showCode = (submissionId: SubmissionId) => {
    selected.value = submissionId;
    document.getElementById('codes-title')!.focus();
  };
  return (
    <main id="main" class="page result" tabIndex={-1}>
      <header class="result-head">
        <div class="verdict-of-all">
          <h1>{title}</h1>
          <p class="why">{why}</p>
          <Circumstances contest={contest} />
        </div>
        <Ratings room={room} me={me} />
      </header>
      <ResultActions room={room} board={final} me={me} />
      <section class="card course" aria-labelledby="course-title">
        <h2 id="course-title">How it went</h2>
        <TimelineFigure
          timeline={timeline}
          nowSeconds={isEnd ? null : (step?.seconds ?? null)}
          selected={selected.value}
          onSelect={select}
          name={room.code}
        />
        {steps.length > 1 && <Scrubber steps={steps} at={at} room={room} me={me} onShowCode={showCode} />}
        <Board room={shown} rows={isEnd ? final : boardAt(shown)} me={me} titles={titles} />
      </section>
      <Codes room={room} problems={problems} submissions={submissions} me={me} selected={selected} />
    </main>
  );
}

const DAY = new Intl.DateTimeFormat(undefined, { dateStyle: 'long', timeStyle: 'short' });

function Circumstances({ contest: { room } }: Pick<ResultProps, 'contest'>): JSX.Element {
  return (
    <p class="muted small">
      {room.startedAt !== null && (
        <time dateTime={new Date(room.startedAt).toISOString()}>{DAY.format(room.startedAt)}</time>
      )}
      {` · ${countOf(room.settings.minutes, 'minute')} · room ${room.code}`}
    </p>
  );
}
