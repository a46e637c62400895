import type { JSX } from 'preact';
import { Board } from './board';
import { Feed } from './feed';
import { Opponent } from './opponent';
import { useVisit } from './visit-context';

/** How it stands between the two, and what has happened. */
export function Standings(): JSX.Element {
  const { store, desk } = useVisit();
  return (
    <>
      <Board room={store.room.value} rows={store.board.value} me={store.userId} titles={desk.titles.value} />
      <Opponent />
      <Feed />
    </>
  );
}
