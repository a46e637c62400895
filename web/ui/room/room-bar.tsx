import type { JSX } from 'preact';
import { LINK_WORDS } from '../../words/connection';
import { ClockFace } from './clock-face';
import { Menu } from './menu';
import { useVisit } from './visit-context';

/** The top of the room: which one, the time, how it stands, the line to the server, and everything rarer in a menu. */
export function RoomBar(): JSX.Element {
  const { store } = useVisit();
  const { phase, room } = store;
  const isContest = phase.value === 'running' || phase.value === 'judging';
  return (
    <header class="room-bar">
      <a class="brand" href="/" aria-label={`Joust, room ${room.value.code}: to the start page`}>
        Joust
      </a>
      <span class="room-code small muted">{room.value.code}</span>
      {isContest && <ClockFace />}
      {isContest && <Score />}
      <Connection />
      <Menu />
    </header>
  );
}

/** How it stands between the two, as far as the reader may know. */
function Score(): JSX.Element {
  const { store } = useVisit();
  const { presence, room } = store;
  const [one, two] = [...store.board.value].sort(
    (a, b) =>
      Number(b.userId === store.userId) - Number(a.userId === store.userId) || seatOf(a.userId) - seatOf(b.userId),
  );
  function seatOf(userId: string): number {
    return room.value.players.find((player) => player.userId === userId)?.seat ?? 0;
  }
  if (!one || !two) return <span class="score" />;
  const state = presence.value.get(two.userId)?.state ?? 'online';
  const isMine = one.userId === store.userId;
  return (
    <span class="score">
      <span class="name">{isMine ? 'You' : one.name}</span>
      <strong class="points">
        {one.solved}
        <span aria-hidden="true">–</span>
        <span class="unseen"> to </span>
        {two.solved}
      </strong>
      <span class="name">{two.name}</span>
      <span class={`presence ${state}`} title={state}>
        <span class="unseen">({state})</span>
      </span>
    </span>
  );
}

function Connection(): JSX.Element {
  const { live } = useVisit();
  const state = live.link.value;
  const lag = live.lagMs.value;
  const isLagShown = lag !== null && (state === 'online' || state === 'unstable');
  return (
    <span class={`connection ${state}`}>
      <span class="dot" aria-hidden="true" />
      <span class="words">{LINK_WORDS[state]}</span>
      {isLagShown && <span class="lag muted"> {Math.max(1, Math.round(lag))} ms</span>}
    </span>
  );
}
