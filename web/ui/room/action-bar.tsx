import type { JSX } from 'preact';
import { overText } from '../../words/room';
import { useLeft } from '../parts/use-now';
import { limitOf, Verdict } from '../parts/verdict';
import { Button } from '../parts/button';
import type { Actions } from './actions';
import { useVisit } from './visit-context';

/** Run and Submit, each saying in words what it does now, and what became of the last submission. */
export function ActionBar({ actions }: { actions: Actions }): JSX.Element {
  const { store, outbox, live, trials, desk } = useVisit();
  const left = useLeft(store.room.value.endsAt);
  const isOver = store.phase.value !== 'running' || (left !== null && left <= 0);
  const isHere = desk.problems.value !== null;
  const locked = isOver ? `${overText(store.room.value)}.` : isHere ? null : 'The problems are on their way.';
  const isRunning = trials.runs.value.get(desk.label.value)?.trial === null;
  const isOffline = live.link.value !== 'online' && live.link.value !== 'unstable';
  const letters = outbox.letters.value.length;
  const paused = useLeft(outbox.pausedUntil.value);
  const submitText =
    letters > 0 && outbox.state.value === 'waiting'
      ? 'Goes out when back'
      : letters > 0 && paused !== null
        ? `Wait ${Math.max(1, Math.ceil(paused / 1000))} s`
        : letters > 0
          ? 'Sending …'
          : isOffline
            ? 'Send when back'
            : 'Submit';
  return (
    <footer class="action-bar" data-region="actions">
      <LastVerdict />
      <Button
        onClick={actions.run}
        locked={locked ?? (isRunning ? 'The last run is not done yet.' : null)}
        title="Ctrl+Enter"
      >
        {isRunning ? 'Running …' : 'Run'}
      </Button>
      <Button kind="main" class="submit" onClick={actions.submit} locked={locked} title="Ctrl+Shift+Enter">
        {isOver ? overText(store.room.value) : `${submitText} ${desk.label.value}`}
      </Button>
    </footer>
  );
}

/** Where the last submission to this problem stands. */
function LastVerdict(): JSX.Element {
  const { store, desk } = useVisit();
  const last = store.mySubmissions.value.findLast(({ problem }) => problem === desk.label.value);
  if (!last)
    return (
      <span class="last-verdict muted small">
        Nothing submitted to {desk.label.value}
        {store.phase.value === 'running' && ' yet'}
      </span>
    );
  return (
    <span class="last-verdict">
      <span class="muted small">{desk.label.value}: </span>
      <Verdict
        verdict={last.verdict}
        limit={limitOf(last.verdict, last.language, desk.problem.value?.limits)}
        progress={store.progress.value.get(last.submissionId)}
        remark={last.verdict === 'CE' || last.verdict === 'JE'}
      />
    </span>
  );
}
