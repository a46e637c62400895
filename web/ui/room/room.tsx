import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import type { Visit } from '../../core/visit';
import { api, session } from '../joust';
import { Notice } from '../parts/notice';
import { Confirmation } from '../parts/confirm';
import { lazily } from '../parts/lazily';
import { go } from '../router';
import { ConnectionBanner } from './connection-banner';
import { Contest } from './contest';
import { Standings, Submissions } from './left-pane';
import { follow as followNews } from './news';
import { MenuSheet } from './menu';
import { RoomBar } from './room-bar';
import { SecondTab } from './second-tab';
import { RunResult } from './tests-pane';
import { VisitContext } from './visit-context';
import { sayEvent } from '../../words/events';
import { closedText, KICKED_WORDS } from '../../words/room';

const Lobby = lazily(() => import('./lobby').then(({ Lobby }) => Lobby));
const Countdown = lazily(() => import('./countdown').then(({ Countdown }) => Countdown));
const SessionEnded = lazily(() => import('./session-ended').then(({ SessionEnded }) => SessionEnded), null);
const Final = lazily(() => import('./final').then(({ Final }) => Final));

/** Whatever a room may come to is loaded before it does: the network may be gone when it is wanted. */
function loadTheRest(): () => void {
  const timer = setTimeout(() => {
    for (const part of [Lobby, Countdown, MenuSheet, RunResult, Submissions, Standings, Final, SessionEnded])
      void part.preload();
  }, REST_AFTER_MS);
  return () => clearTimeout(timer);
}
const REST_AFTER_MS = 2_000;

/** A room somebody is in, at whatever point of its life it is. */
export function Room({ visit }: { visit: Visit }): JSX.Element {
  useEffect(() => followNews(visit), [visit]);
  useEffect(() => stayInTouch(visit), [visit]);
  useEffect(() => moveOn(visit), [visit]);
  useEffect(loadTheRest, []);
  return (
    <VisitContext.Provider value={visit}>
      <RoomBar />
      <ConnectionBanner />
      <SecondTab />
      {session.state.value === 'expired' && <SessionEnded />}
      <View visit={visit} />
      <Confirmation />
    </VisitContext.Provider>
  );
}

function View({ visit }: { visit: Visit }): JSX.Element {
  const { phase, isOpened, room, part } = visit.store;
  if (!isOpened.value) return <main id="main" class="page" aria-busy="true" />;
  if (visit.refused.value === 'room.kicked' || wasRemoved(visit)) return <Notice {...KICKED_WORDS} />;
  switch (phase.value) {
    case 'lobby':
      return <Lobby />;
    case 'countdown':
      return <Countdown />;
    case 'running':
    case 'judging':
      return <Contest />;
    case 'final':
      return <Final />;
    case 'cancelled':
      return (
        <Notice title="This room is closed" says={closedText(whyClosed(visit), part.value)} key={room.value.id}>
          <a class="button main" href="/new">
            Create a duel
          </a>
        </Notice>
      );
  }
}

function whyClosed({ store }: Visit): string | null {
  const end = store.told.value.findLast(({ type }) => type === 'room.cancelled');
  if (end?.type !== 'room.cancelled') return null;
  const isOwn = store.isHost.value && (end.data.reason === 'host' || end.data.reason === 'host-left');
  return isOwn ? 'You closed the room' : sayEvent(end, store.userId, () => '');
}

/** The last thing that happened to my seat was that the host took it. */
function wasRemoved({ store }: Visit): boolean {
  const mine = store.told.value.findLast(
    ({ type, data }) =>
      (type === 'player.kicked' || type === 'player.joined') && 'userId' in data && data.userId === store.userId,
  );
  return mine?.type === 'player.kicked';
}

/** The line is looked after when the network or the reader comes back. */
function stayInTouch({ live }: Visit): () => void {
  const callAgain = () => {
    if (document.visibilityState === 'visible') live.callAgain();
  };
  const events = [
    [window, 'online'],
    [window, 'pageshow'],
    [document, 'visibilitychange'],
  ] as const;
  for (const [target, name] of events) target.addEventListener(name, callAgain);
  return () => {
    for (const [target, name] of events) target.removeEventListener(name, callAgain);
  };
}

/** A rematch that is accepted takes both players to its room. */
const moveOn = ({ store }: Visit): (() => void) =>
  store.onEvent((event) => {
    if (event.type !== 'rematch.accepted' || !store.me.value) return;
    const params = { roomId: event.data.roomId };
    void api.ask('GET /api/rooms/:roomId', { params }).then(({ room }) => go(`/r/${room.code}`));
  });
