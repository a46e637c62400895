import type { JSX } from 'preact';
import { GONE_MS } from '../../../src/core/moves';
import { durationText } from '../../core/server-clock';
import { sayEvent } from '../../words/events';
import { useServerNow } from '../parts/use-now';
import { useVisit } from './visit-context';

const WORTH_SAYING_MS = 15_000;

/** What is known of the opponent, in words; never his code. */
export function Opponent(): JSX.Element | null {
  const { store } = useVisit();
  const { opponent, told, room } = store;
  const him = opponent.value;
  if (!him || !store.me.value) return null;
  const last = told.value.findLast(({ data }) => 'userId' in data && data.userId === him.userId);
  const language = room.value.submissions.findLast(({ userId }) => userId === him.userId)?.language;
  return (
    <section class="opponent" aria-labelledby="opponent-title">
      <h2 id="opponent-title">{him.name}</h2>
      <p class="small muted">
        {him.guest ? 'Guest' : 'Player'}
        {language && `, writes ${language}`}
        {last && `. Last: ${sayEvent(last, store.userId, () => him.name)}`}
      </p>
      <Absence />
    </section>
  );
}

/** The opponent is not there: since when, and what follows. */
export function Absence(): JSX.Element | null {
  const visit = useVisit();
  const now = useServerNow();
  const since = visit.opponentGoneSince();
  const { opponent, room, phase } = visit.store;
  if (since === null || phase.value !== 'running' || now - since < WORTH_SAYING_MS) return null;
  const name = opponent.value!.name;
  const isGone = now - since >= GONE_MS;
  const follows = !isGone
    ? 'The clock goes on.'
    : room.value.settings.onGone === 'claim'
      ? 'You can claim the win in the menu.'
      : 'You can end the duel in the menu; the board decides.';
  return (
    <p class="absence">
      {name} lost the connection {durationText((now - since) / 1000)} ago. {follows}
    </p>
  );
}
