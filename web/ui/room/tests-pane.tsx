import type { JSX } from 'preact';
import { noRunText } from '../../words/room';
import { lazily } from '../parts/lazily';
import { useVisit } from './visit-context';

export const RunResult = lazily(() => import('./run-result').then(({ RunResult }) => RunResult), null);

/** What the program is tried on: the samples, or own input. It costs nothing. */
export function TestsPane(): JSX.Element {
  const { trials, desk, store } = useVisit();
  const label = desk.label.value;
  const run = trials.runs.value.get(label);
  const ownInput = trials.inputFor(label);
  const isOwn = ownInput !== null;
  return (
    <section class="pane tests-pane" aria-label="Tests" data-region="tests" tabIndex={-1}>
      <fieldset class="tests-choice">
        <legend class="unseen">Run on</legend>
        <Choice text="Samples" checked={!isOwn} choose={() => trials.putIn(label, null)} />
        <Choice text="Own input" checked={isOwn} choose={() => trials.putIn(label, ownInput ?? '')} />
      </fieldset>
      <div class="scroll" tabIndex={0} role="region" aria-label="Results of the tests">
        {isOwn && (
          <label class="own-input">
            <span class="small muted">Input</span>
            <textarea
              rows={4}
              spellcheck={false}
              value={ownInput}
              onInput={(event) => trials.putIn(label, event.currentTarget.value)}
            />
          </label>
        )}
        {run ? <RunResult run={run} /> : <p class="muted">{noRunText(store.phase.value, isOwn)}</p>}
      </div>
    </section>
  );
}

const Choice = ({ text, checked, choose }: { text: string; checked: boolean; choose: () => void }): JSX.Element => (
  <label class="choice">
    <input type="radio" name="run-on" checked={checked} onChange={choose} />
    {text}
  </label>
);
