import type { JSX } from 'preact';
import type { LeaderboardRow } from '../../../src/contract/leaderboard';
import type { UserId } from '../../../src/contract/terms';
import type { Room } from '../../../src/core/room';
import { isSealed, resultLine } from '../../words/result';
import { api } from '../joust';
import { Button } from '../parts/button';
import { CopyButton } from '../parts/copy-button';
import { go } from '../router';

interface ResultActionsProps {
  readonly room: Room;
  readonly board: readonly LeaderboardRow[];
  readonly me: UserId;
}

/** What one can do about a result: play again, and tell others. */
export function ResultActions({ room, board, me }: ResultActionsProps): JSX.Element {
  const isPlayer = room.players.some(({ userId }) => userId === me);
  const line = resultLine(room, board);
  const share = async () => {
    try {
      await navigator.share({ title: 'A duel on Joust', text: line, url: location.href });
    } catch (error) {
      if (!(error instanceof DOMException)) throw error; // who closes the sheet has changed his mind
    }
  };
  return (
    <div class="actions">
      {isPlayer && <Rematch room={room} me={me} />}
      {!isSealed(room) && (
        <>
          <CopyButton text={`${line} ${location.href}`}>Copy the result</CopyButton>
          {'share' in navigator && <Button onClick={share}>Share …</Button>}
        </>
      )}
      <a class="button quiet" href={`/r/${room.code}`}>
        To the room
      </a>
    </div>
  );
}

/** A rematch is agreed on in the room, where both see each other: this goes there, with the offer made. */
function Rematch({ room, me }: Pick<ResultActionsProps, 'room' | 'me'>): JSX.Element {
  const { id: roomId, code, rematchOfferedBy, rematchRoomId } = room;
  if (rematchRoomId !== null)
    return (
      <a class="button main" href={`/m/${rematchRoomId}`}>
        To the rematch
      </a>
    );
  const isAnswer = rematchOfferedBy !== null && rematchOfferedBy !== me;
  const offer = async () => {
    const answer = isAnswer ? 'accept' : 'offer';
    await api.ask('POST /api/rooms/:roomId/rematch', { params: { roomId }, body: { answer } });
    go(`/r/${code}`);
  };
  return (
    <Button kind="main" busy="Asking …" onClick={offer}>
      {isAnswer ? 'Accept the rematch' : 'Offer a rematch'}
    </Button>
  );
}
