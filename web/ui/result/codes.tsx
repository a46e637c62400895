import { useSignal, useSignalEffect, type Signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import type { Label, SubmissionId, UserId } from '../../../src/contract/terms';
import type { Player, Room } from '../../../src/core/room';
import type { PastContest, PastSubmission } from '../../core/past-contest';
import { durationText } from '../../core/server-clock';
import { VERDICT_WORDS } from '../../words/verdicts';
import { Button } from '../parts/button';
import { CopyButton } from '../parts/copy-button';
import { limitOf, Verdict } from '../parts/verdict';

interface CodesProps extends Pick<PastContest, 'room' | 'problems' | 'submissions'> {
  readonly me: UserId;
  /** Whatever is chosen elsewhere on the page is shown here. */
  readonly selected: Signal<SubmissionId | null>;
}

/** What both wrote for a problem, side by side. */
export function Codes({ room, problems, submissions, me, selected }: CodesProps): JSX.Element {
  const label = useSignal<Label>(mostTelling(room, submissions));
  useSignalEffect(() => {
    const chosen = submissions.find(({ id }) => id === selected.value);
    if (chosen) label.value = chosen.problem;
  });
  const isReader = submissions.some(({ source }) => source !== undefined);
  const limits = problems.find((problem) => problem.label === label.value)?.limits;
  return (
    <section class="codes" aria-labelledby="codes-title">
      <h2 id="codes-title" tabIndex={-1}>
        The code
      </h2>
      {!isReader ? (
        <p class="muted">
          {submissions.length === 0 && room.submissions.length > 0
            ? 'The code is for the two players, once all results are known.'
            : 'There is none: nobody submitted anything.'}
        </p>
      ) : (
        <>
          <div class="problems" role="group" aria-label="Problem">
            {room.problems.map((one) => (
              <Button key={one} pressed={one === label.value} onClick={() => (label.value = one)}>
                {one}
                <span class="unseen"> {problems.find((problem) => problem.label === one)?.title}</span>
              </Button>
            ))}
            <span class="muted">{problems.find((problem) => problem.label === label.value)?.title}</span>
          </div>
          <div class="both">
            {room.players.map((player) => (
              <CodeColumn
                key={player.userId}
                {...{ player, room, selected, limits }}
                label={label.value}
                isMe={player.userId === me}
                submissions={submissions.filter(
                  ({ userId, problem }) => userId === player.userId && problem === label.value,
                )}
              />
            ))}
          </div>
        </>
      )}
    </section>
  );
}

/** The first problem to which most players have something to show. */
function mostTelling({ problems }: Room, submissions: readonly PastSubmission[]): Label {
  const authors = (label: Label) =>
    new Set(submissions.flatMap(({ problem, userId }) => (problem === label ? [userId] : []))).size;
  return problems.toSorted((a, b) => authors(b) - authors(a))[0] ?? 'A';
}

interface CodeColumnProps {
  readonly player: Player;
  readonly room: Room;
  readonly label: Label;
  readonly isMe: boolean;
  /** To one problem, in the order of arrival. */
  readonly submissions: readonly PastSubmission[];
  readonly selected: Signal<SubmissionId | null>;
  readonly limits: { readonly cpuMs: number; readonly memoryKiB: number } | undefined;
}

/** One player's submissions to a problem. Unless one is chosen it is the one that counts: the accepted, else the last. */
function CodeColumn({ player, room, label, isMe, submissions, selected, limits }: CodeColumnProps): JSX.Element {
  const id = useId();
  const shown =
    submissions.find((one) => one.id === selected.value) ??
    submissions.find(({ verdict }) => verdict === 'AC') ??
    submissions.at(-1);
  const isHidden = room.submissions.some(({ userId, problem }) => userId === player.userId && problem === label);
  const time = ({ receivedAt }: PastSubmission) => durationText((receivedAt - (room.startedAt ?? receivedAt)) / 1000);
  return (
    <section class="card" aria-labelledby={id}>
      <div class="head">
        <h3 id={id}>
          {player.name}
          {isMe && <span class="muted"> (you)</span>}
        </h3>
        {shown && (
          <CopyButton kind="quiet" text={shown.source ?? ''}>
            Copy
          </CopyButton>
        )}
      </div>
      {!shown ? (
        <p class="muted">{isHidden ? 'Shown once the result is revealed.' : 'Submitted nothing.'}</p>
      ) : (
        <>
          <select
            aria-label={`Submission of ${player.name}`}
            value={shown.id}
            onChange={(event) => (selected.value = event.currentTarget.value as SubmissionId)}
          >
            {submissions.map((one) => (
              <option key={one.id} value={one.id}>
                {`${time(one)} ${VERDICT_WORDS[one.verdict].name} (${one.language})`}
              </option>
            ))}
          </select>
          <p>
            <Verdict
              verdict={shown.verdict}
              limit={limitOf(shown.verdict, shown.language, limits)}
              remark={shown.verdict === 'CE'}
            />
            <span class="muted">{passedText(shown)}</span>
          </p>
          {shown.compileOutput && <pre class="compiler">{shown.compileOutput}</pre>}
          <Source source={shown.source ?? ''} name={player.name} />
        </>
      )}
    </section>
  );
}

function passedText({ tests = [], verdict: whole }: PastSubmission): string {
  const passed = tests.filter(({ verdict }) => verdict === 'AC').length;
  if (whole === 'AC') return ` on all ${tests.length} tests`;
  return tests.length === 0 ? '' : ` on test ${passed + 1}`;
}

const Source = ({ source, name }: { source: string; name: string }): JSX.Element => (
  <pre class="source-text" tabIndex={0} role="region" aria-label={`Code of ${name}`}>
    {source
      .trimEnd()
      .split('\n')
      .map((line, index) => (
        <span key={index} class="code-line">
          {line}
          {'\n'}
        </span>
      ))}
  </pre>
);
