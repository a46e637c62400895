import type { EntityManager } from 'typeorm';
import type { EventType, RoomEvent } from '../contract/events';
import type { Room } from '../core/room';
import { isOpen } from '../core/view';
import { writeHistory } from './history';
import { ParticipantRow, RoomProblemRow } from './tables/rooms';

type EventOf<T extends EventType> = Extract<RoomEvent, { type: T }>;
type Projection<T extends EventType> = (tx: EntityManager, after: Room, event: EventOf<T>) => Promise<unknown>;

/** Frees every player of a room for another one. */
const release = (tx: EntityManager, { roomId, at }: { roomId: string; at: number }) =>
  tx.query(
    `UPDATE participants SET released_at = $2 FROM (
        SELECT user_id FROM participants WHERE room_id = $1 AND released_at IS NULL ORDER BY user_id FOR NO KEY UPDATE) AS held
      WHERE room_id = $1 AND participants.user_id = held.user_id`,
    [roomId, at],
  );

/** Takes a seat from its player; `how` remembers why. What was picked for a countdown goes with him. */
const vacate =
  (how: 'leftAt' | 'kickedAt') =>
  async (tx: EntityManager, _: Room, { roomId, at, data: { userId } }: EventOf<'player.left' | 'player.kicked'>) => {
    await tx.update(ParticipantRow, { roomId, userId }, { seat: null, ready: false, releasedAt: at, [how]: at });
    await tx.delete(RoomProblemRow, { roomId });
  };

/** A result is remembered once it is told: at the end, or when the freeze over it is lifted. */
const remember: typeof writeHistory = async (tx, room, ...rest) => {
  if (isOpen(room)) await writeHistory(tx, room, ...rest);
};

/** Which rows follow an event, beside the room's own. An event that is not listed changes nothing else. */
const PROJECTIONS: { readonly [T in EventType]?: Projection<T> } = {
  'player.joined': (tx, _, { roomId, at, data }) =>
    tx.upsert(
      ParticipantRow,
      { roomId, ...data, role: 'player', ready: false, leftAt: null, kickedAt: null, releasedAt: null, seenAt: at },
      ['roomId', 'userId'],
    ),
  'player.left': vacate('leftAt'),
  'player.kicked': vacate('kickedAt'),
  'player.ready': (tx, _, { roomId, data: { userId, ready } }) =>
    tx.update(ParticipantRow, { roomId, userId }, { ready }),
  'contest.scheduled': async (tx, _, { roomId, data: { picked = [] } }) => {
    await tx.delete(RoomProblemRow, { roomId });
    await tx.insert(
      RoomProblemRow,
      picked.map((problem) => ({ roomId, ...problem })),
    );
  },
  'submission.judged': (tx, _, { data: { submissionId, verdict } }) =>
    tx.query(`UPDATE submissions SET verdict = $2, due_at = NULL WHERE id = $1`, [submissionId, verdict]),
  'contest.ended': (tx, _, event) => release(tx, event),
  'contest.finalized': (tx, after, { data, at }) => remember(tx, after, data.leaderboard.rows, at),
  'contest.revealed': (tx, after, { data, at }) => remember(tx, after, data.leaderboard.rows, at),
  'room.cancelled': (tx, _, event) => release(tx, event),
};

export async function project(tx: EntityManager, after: Room, event: RoomEvent): Promise<void> {
  await (PROJECTIONS[event.type] as Projection<EventType> | undefined)?.(tx, after, event);
}
