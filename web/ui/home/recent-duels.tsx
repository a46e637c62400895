import type { JSX } from 'preact';
import type { UserId } from '../../../src/contract/terms';
import '../../styles/me.css';
import { api } from '../joust';
import { DuelTable } from '../me/history';
import { useAnswer } from '../parts/use-answer';

const MOST_SHOWN = 5;

/** The duels finished last. Whoever has none, or cannot get them now, is not told so on the first page. */
export function RecentDuels({ userId }: { userId: UserId }): JSX.Element | null {
  const { value: history } = useAnswer(
    () => api.ask('GET /api/users/:userId/history', { params: { userId } }),
    [userId],
  );
  if (!history || history.items.length === 0) return null;
  return (
    <section class="recent" aria-labelledby="recent-title">
      <h2 id="recent-title">Your latest duels</h2>
      <DuelTable duels={history.items.slice(0, MOST_SHOWN)} />
      <a href="/me">All duels and your rating</a>
    </section>
  );
}
