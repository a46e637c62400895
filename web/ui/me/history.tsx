import type { JSX } from 'preact';
import '../../styles/verdict.css';
import type { Pages } from '../../core/pages';
import type { HistoryItem } from '../../core/rating-change';
import { endText, OUTCOME_WORDS } from '../../words/me';
import { signed } from '../../words/result';
import { Button } from '../parts/button';
import { Trouble } from '../parts/trouble';

/** Past duels, the latest first. */
export function History({ history }: { history: Pages<HistoryItem> }): JSX.Element {
  const { items, hasMore, state, failure } = history;
  return (
    <section class="history" aria-labelledby="history-title" aria-busy={state.value === 'new'}>
      <h2 id="history-title">Your duels</h2>
      {items.value.length > 0 && <DuelTable duels={items.value} />}
      <Trouble pages={history} />
      {state.value === 'new' && <p class="muted">Getting them …</p>}
      {state.value === 'done' && !failure.value && items.value.length === 0 && (
        <div class="empty">
          <p class="muted">None yet. Duels you finish are listed here.</p>
          <a class="button main" href="/new">
            Create a duel
          </a>
        </div>
      )}
      {hasMore.value && !failure.value && (
        <div class="actions">
          <Button busy="Getting more …" onClick={() => history.more()}>
            Show more
          </Button>
        </div>
      )}
    </section>
  );
}

const DAY = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });

/** Past duels as a table; on a narrow screen each is a card. */
export const DuelTable = ({ duels }: { duels: readonly HistoryItem[] }): JSX.Element => (
  <table class="duels">
    <thead>
      <tr>
        <th scope="col">Result</th>
        <th scope="col">Opponent</th>
        <th scope="col" class="number">
          Solved
        </th>
        <th scope="col" class="number">
          Rating
        </th>
        <th scope="col">Day</th>
      </tr>
    </thead>
    <tbody>
      {duels.map((duel) => (
        <tr key={duel.roomId}>
          <td class="outcome">
            <Outcome duel={duel} />
          </td>
          <th scope="row" class="opponent-name">
            <a href={`/m/${duel.roomId}`}>{duel.opponent?.name ?? 'Nobody'}</a>
          </th>
          <td class="number solved">
            {duel.solved}
            <span class="unit"> solved</span>
          </td>
          <td class="number change">{duel.casual ? <span class="muted">casual</span> : signed(changeOf(duel))}</td>
          <td class="day muted">
            <time dateTime={new Date(duel.finalizedAt).toISOString()}>{DAY.format(duel.finalizedAt)}</time>
          </td>
        </tr>
      ))}
    </tbody>
  </table>
);

function Outcome({ duel }: { duel: HistoryItem }): JSX.Element {
  const { sign, name, tone } = OUTCOME_WORDS[duel.outcome];
  const end = endText(duel);
  return (
    <>
      <span class={`verdict ${tone}`}>
        <span class="sign" aria-hidden="true">
          {sign}
        </span>
        {name}
      </span>
      {end && <span class="muted small"> {end}</span>}
    </>
  );
}

const changeOf = ({ ratingBefore, ratingAfter }: HistoryItem): number =>
  Math.round(ratingAfter) - Math.round(ratingBefore);
