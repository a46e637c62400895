import type { JSX } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import { awaited } from '../../../src/core/room';
import { countOf, overText } from '../../words/room';
import { preferences } from '../joust';
import { Button } from '../parts/button';
import { ActionBar } from './action-bar';
import { actionsOf, listenToKeys } from './actions';
import { EditorPane } from './editor-pane';
import { Layout, SEGMENTS, type Segment } from './layout';
import { LeftPane } from './left-pane';
import { openDesk } from './open-desk';
import { Absence } from './opponent';
import { Splitter } from './splitter';
import { TestsPane } from './tests-pane';
import { useVisit } from './visit-context';

/** The duel itself: what to read on one side, what to write on the other, and the buttons below. */
export function Contest(): JSX.Element {
  const visit = useVisit();
  const layout = useMemo(() => new Layout(), []);
  const actions = useMemo(() => actionsOf(visit, layout), [visit]);
  useEffect(() => openDesk(visit), [visit]);
  useEffect(() => listenToKeys(visit, layout, actions), [visit]);
  const { store } = visit;
  const plays = store.me.value !== undefined;
  const { leftShare, testsShare } = preferences.value;
  return (
    <main
      id="main"
      class={`contest ${plays ? 'playing' : 'watching'} ${layout.isLeftOpen.value ? '' : 'left-closed'}`}
      data-segment={layout.segment.value}
      style={{ '--left-share': `${leftShare}%`, '--tests-share': `${testsShare}%` }}
      tabIndex={-1}
    >
      <h1 class="unseen">Duel in room {store.room.value.code}</h1>
      <Notices />
      {plays && <Segments layout={layout} />}
      <LeftPane layout={layout} />
      {plays && (
        <>
          <Splitter direction="across" />
          <div class="right-pane">
            <EditorPane />
            <Splitter direction="down" />
            <TestsPane />
          </div>
          <ActionBar actions={actions} />
        </>
      )}
    </main>
  );
}

/** What everybody has to know right now. */
function Notices(): JSX.Element {
  const visit = useVisit();
  const { phase, room, opponent, userId } = visit.store;
  const offeredBy = room.value.endOfferedBy;
  const waiting = awaited(room.value);
  return (
    <div class="notices">
      {phase.value === 'judging' && (
        <p class="banner mild" role="status">
          {overText(room.value)}.{' '}
          {waiting > 0 ? `Waiting for ${countOf(waiting, 'verdict')}.` : 'The result is on its way.'}
        </p>
      )}
      {phase.value === 'running' && offeredBy !== null && offeredBy !== userId && (
        <p class="banner mild" role="status">
          {opponent.value?.name} offers to end now; the board decides.{' '}
          {visit.store.me.value && (
            <Button onClick={() => visit.move('POST /api/rooms/:roomId/end')}>Agree to end now</Button>
          )}
        </p>
      )}
      <Absence />
    </div>
  );
}

const SEGMENT_NAMES: Readonly<Record<Segment, string>> = {
  problem: 'Problem',
  code: 'Code',
  tests: 'Tests',
  board: 'Board',
};

/** On a narrow screen one thing at a time; on a middling one the left pane can be put away. */
const Segments = ({ layout }: { layout: Layout }): JSX.Element => (
  <nav class="segments" aria-label="Parts of the page">
    {SEGMENTS.map((one) => (
      <button
        key={one}
        type="button"
        aria-current={layout.segment.value === one ? 'true' : undefined}
        onClick={() => layout.show(one)}
      >
        {SEGMENT_NAMES[one]}
      </button>
    ))}
    <button
      type="button"
      class="toggle-left"
      aria-expanded={layout.isLeftOpen.value}
      onClick={() => (layout.isLeftOpen.value = !layout.isLeftOpen.value)}
    >
      {layout.isLeftOpen.value ? 'Hide the statement' : 'Show the statement'}
    </button>
  </nav>
);
