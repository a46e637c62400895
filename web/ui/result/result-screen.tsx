import type { JSX } from 'preact';
import '../../styles/result.css';
import type { RoomId, UserId } from '../../../src/contract/terms';
import { phaseOf } from '../../../src/core/room';
import { loadContest } from '../../core/past-contest';
import { api, session } from '../joust';
import { NO_RESULT_WORDS } from '../../words/result';
import { Notice } from '../parts/notice';
import { SignIn } from '../parts/sign-in';
import { TroublePage } from '../parts/trouble';
import { useAnswer } from '../parts/use-answer';
import { useTitle } from '../parts/use-title';
import { Result } from './result';

/** The result of a duel, for good. */
export function ResultScreen({ params }: { params: Readonly<Record<string, string>> }): JSX.Element {
  useTitle('Result – Joust');
  const me = session.user.value;
  if (me) return <Loaded roomId={params['roomId'] as RoomId} me={me.id} />;
  return (
    <main id="main" class="page narrow" tabIndex={-1}>
      <h1>The result of a duel</h1>
      <SignIn why="It is shown to those who played it and those who watched it." submit="Go on as a guest" />
    </main>
  );
}

function Loaded({ roomId, me }: { roomId: RoomId; me: UserId }): JSX.Element {
  const { value: contest, complaint, again } = useAnswer(() => loadContest(api, roomId), [roomId, me]);
  if (complaint?.code === 'room.not-found') return <Notice {...NO_RESULT_WORDS} />;
  if (complaint) return <TroublePage complaint={complaint} again={again} />;
  if (!contest)
    return (
      <main id="main" class="page" aria-busy="true">
        <h1>The result of a duel</h1>
        <p class="muted">Getting it …</p>
      </main>
    );
  const { room } = contest;
  const phase = phaseOf(room);
  if (phase === 'final') return <Result contest={contest} me={me} />;
  return (
    <Notice
      title={phase === 'cancelled' ? 'This duel never began' : 'This duel is not over yet'}
      says={
        phase === 'cancelled'
          ? 'Its room was closed before the start, so there is no result.'
          : 'The result is here once the last verdict is in.'
      }
    >
      {phase !== 'cancelled' && (
        <a class="button main" href={`/r/${room.code}`}>
          To the room
        </a>
      )}
    </Notice>
  );
}
