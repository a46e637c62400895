import type { EventType, RoomEvent } from '../../src/contract/events';
import type { UserId } from '../../src/contract/terms';
import { VERDICT_WORDS } from './verdicts';

type Teller<T extends EventType> = (
  data: Extract<RoomEvent, { type: T }>['data'],
  who: string,
  isMe: boolean,
) => string;

const verb = (isMe: boolean, you: string, other: string) => (isMe ? you : other);

const END: Readonly<Record<string, (who: string, isMe: boolean) => string>> = {
  time: () => 'Time is up',
  host: (who) => `${who} ended the duel`,
  agreed: () => 'Both agreed to end',
  resign: (who) => `${who} resigned`,
  forfeit: (who) => `${who} claimed the win: the opponent was gone`,
};

/** What each event says in the feed of a room. */
const TELLERS: { readonly [T in EventType]: Teller<T> } = {
  'room.opened': () => 'The room is open',
  'player.joined': (_, who) => `${who} joined`,
  'player.left': (_, who) => `${who} left`,
  'player.kicked': (_, who, isMe) => `${who} ${verb(isMe, 'were', 'was')} removed by the host`,
  'player.ready': ({ ready }, who, isMe) => `${who} ${verb(isMe, 'are', 'is')} ${ready ? 'ready' : 'not ready'}`,
  'contest.scheduled': () => 'The countdown runs',
  'contest.started': () => 'The duel has started',
  'submission.received': ({ problem }, who) => `${who} submitted ${problem}`,
  'submission.judged': ({ problem, verdict }, who) => `${who}: ${problem} ${VERDICT_WORDS[verdict].name.toLowerCase()}`,
  'contest.extended': () => 'The duel was extended',
  'contest.end-offered': (_, who, isMe) => `${who} ${verb(isMe, 'offer', 'offers')} to end now`,
  'contest.ended': ({ reason }, who, isMe) => END[reason]!(who, isMe),
  'contest.finalized': () => 'The result is final',
  'contest.revealed': () => 'The frozen results are revealed',
  'room.cancelled': ({ reason }) =>
    ({
      host: 'The host closed the room',
      'host-left': 'The host left, and the room closed',
      idle: 'The room closed: nothing happened for half an hour',
      admin: 'The room was closed by the server’s staff',
    })[reason],
  'announcement.posted': ({ text }) => text,
  'rematch.offered': (_, who, isMe) => `${who} ${verb(isMe, 'offer', 'offers')} a rematch`,
  'rematch.declined': () => 'No rematch for now',
  'rematch.accepted': () => 'On to the rematch',
};

/** An event in words, as somebody reads it: `names` knows the others. */
export function sayEvent(event: RoomEvent, me: UserId, names: (userId: UserId) => string): string {
  const { data } = event;
  const by = 'userId' in data ? data.userId : 'by' in data ? data.by : null;
  const who = by === me ? 'You' : by === null ? 'Somebody' : 'name' in data ? data.name : names(by);
  return (TELLERS[event.type] as Teller<EventType>)(data, who, by === me);
}
