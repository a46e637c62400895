import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import type { UserId } from '../../../src/contract/terms';
import { complaintOf, type Complaint } from '../../words/complaint';
import { roomPath } from '../../core/invitation';
import { rememberRoom } from '../../core/recent-rooms';
import { Visit } from '../../core/visit';
import { api, clock, drafts, preferences, session } from '../joust';
import { complain } from '../parts/button';
import { TopBar } from '../parts/top-bar';
import { go, hash } from '../router';
import { Room } from './room';
import { lazily } from '../parts/lazily';

const TurnedAway = lazily(() => import('./turned-away').then(({ TurnedAway }) => TurnedAway));

interface DoorProps {
  readonly code: string;
  readonly userId: UserId;
}

/** Goes into the room, with the password in the link if there is one; who is in already simply comes back. */
export function Door({ code, userId }: DoorProps): JSX.Element {
  const visit = useSignal<Visit | null>(null);
  const no = useSignal<Complaint | null>(null);

  const enter = async (password: string | null, as: 'player' | 'spectator' = 'player') => {
    try {
      const body = { code, as, ...(password !== null && { password }) };
      const { room } = await api.ask('POST /api/rooms/join', { body });
      no.value = null;
      go(roomPath({ code: room.code, password }), { replace: true });
      rememberRoom(localStorage, { roomId: room.id, code: room.code, password, visitedAt: Date.now() });
      visit.value = new Visit(shared, room, userId, {
        returned: (_, refusal) => complain(refusal),
      });
    } catch (error) {
      no.value = complaintOf(error);
    }
  };

  useEffect(() => {
    void enter(hash.peek() || null);
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
