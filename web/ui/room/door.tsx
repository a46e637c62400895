import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { RefusalCode } from '../../../src/contract/refusals';
import type { UserId } from '../../../src/contract/terms';
import { complaintOf, type Complaint } from '../../words/complaint';
import { roomPath } from '../../core/invitation';
import { recentRooms, rememberRoom } from '../../core/recent-rooms';
import { Visit } from '../../core/visit';
import { api, clock, drafts, preferences, session } from '../joust';
import { complain } from '../parts/button';
import { TopBar } from '../parts/top-bar';
import { go, hash } from '../router';
import { Room } from './room';
import { lazily } from '../parts/lazily';

const TurnedAway = lazily(() => import('./turned-away').then(({ TurnedAway }) => TurnedAway));

/** How somebody wants to go in. Without a password it is the one he had before. */
export interface Entry {
  readonly password?: string | null;
  readonly as?: 'player' | 'spectator';
}
/** Whom a room has no seat for may still watch it. */
export const WATCHABLE: readonly (RefusalCode | null)[] = ['room.full', 'contest.already-started', 'contest.over'];

const hasWatched = (code: string): boolean =>
  recentRooms(localStorage).some((room) => room.code === code.toUpperCase() && room.watched);

interface DoorProps {
  readonly code: string;
  readonly userId: UserId;
}

/** Goes into the room, with the password in the link if there is one; who is in already simply comes back. */
export function Door({ code, userId }: DoorProps): JSX.Element {
  const visit = useSignal<Visit | null>(null);
  const no = useSignal<Complaint | null>(null);

  // From the link, or as it was typed last: whoever is told to watch instead has not to know it anew.
  const key = useRef<string | null>(hash.peek() || null);

  const enter = async ({ password = key.current, as = 'player' }: Entry = {}) => {
    key.current = password;
    try {
      const body = { code, as, ...(password !== null && { password }) };
      const { room } = await api.ask('POST /api/rooms/join', { body });
      no.value = null;
      go(roomPath({ code: room.code, password }), { replace: true });
      const watched = as === 'spectator';
      rememberRoom(localStorage, { roomId: room.id, code: room.code, password, watched, visitedAt: Date.now() });
      visit.value = new Visit(shared, room, userId, {
        returned: (_, refusal) => complain(refusal),
      });
    } catch (error) {
      const complaint = complaintOf(error);
      if (as === 'player' && WATCHABLE.includes(complaint.code) && hasWatched(code)) await enter({ as: 'spectator' });
      else no.value = complaint;
    }
  };

  useEffect(() => {
    void enter();
    return () => visit.value?.close();
  }, []);

  if (visit.value) return <Room visit={visit.value} />;
  return (
    <>
      <TopBar />
      {no.value ? (
        <TurnedAway complaint={no.value} code={code} enter={enter} />
      ) : (
        <main id="main" class="page narrow" aria-busy="true">
          <h1>Joining room {code.toUpperCase()}</h1>
        </main>
      )}
    </>
  );
}

const shared = {
  api,
  session,
  clock,
  drafts,
  storage: localStorage,
  preferredLanguage: () => preferences.value.language ?? undefined,
};
