import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { resultOf } from '../../words/result';
import { Button } from '../parts/button';
import { Board } from './board';
import { Feed } from './feed';
import { openDesk } from './open-desk';
import { Submissions } from './submissions';
import { useVisit } from './visit-context';

/** How it came out, and what next: another one, or a close look. */
export function Final(): JSX.Element {
  const visit = useVisit();
  const { store, desk } = visit;
  const { room, board, userId } = store;
  // Whoever comes after the end has no statements yet, nor their titles.
  useEffect(() => openDesk(visit), [visit]);
  const { title, why } = resultOf(room.value, board.value, userId);
  return (
    <main id="main" class="page final" tabIndex={-1}>
      <div class="verdict-of-all">
        <h1>{title}</h1>
        <p class="muted">{why}</p>
      </div>
      <div class="actions">
        <Rematch />
        <a class="button plain" href={`/m/${room.value.id}`}>
          See the result in full
        </a>
        <a class="button quiet" href="/">
          To the start page
        </a>
      </div>
      <Board room={room.value} rows={board.value} me={userId} titles={desk.titles.value} />
      <div class="after">
        {store.me.value && (
          <section aria-labelledby="mine-title">
            <h2 id="mine-title">Your submissions</h2>
            <Submissions />
          </section>
        )}
        <Feed />
      </div>
    </main>
  );
}

function Rematch(): JSX.Element | null {
  const visit = useVisit();
  const { room, me, opponent, isHost, userId } = visit.store;
  const { rematchOfferedBy, settings, revealedAt } = room.value;
  const answer = (word: 'offer' | 'withdraw' | 'accept' | 'decline') => () =>
    visit.move('POST /api/rooms/:roomId/rematch', { answer: word });
  const reveal = settings.freezeMinutes > 0 && revealedAt === null && isHost.value && (
    <Button kind="main" onClick={() => visit.move('POST /api/rooms/:roomId/reveal')}>
      Reveal the result
    </Button>
  );
  if (!me.value) return <>{reveal}</>;
  if (rematchOfferedBy === null)
    return (
      <>
        {reveal}
        <Button kind="main" onClick={answer('offer')}>
          Offer a rematch
        </Button>
      </>
    );
  if (rematchOfferedBy === userId)
    return (
      <>
        <p role="status">Waiting for {opponent.value?.name ?? 'your opponent'} to accept the rematch …</p>
        <Button onClick={answer('withdraw')}>Withdraw it</Button>
      </>
    );
  return (
    <>
      <Button kind="main" onClick={answer('accept')}>
        Accept the rematch
      </Button>
      <Button onClick={answer('decline')}>Decline</Button>
    </>
  );
}
