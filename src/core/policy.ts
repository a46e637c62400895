import { Refusal } from '../contract/refusals';
import type { Role, UserId } from '../contract/terms';
import type { Standing } from './moves';
import type { Room } from './room';
import { audienceOf, type Audience } from './view';

/** As much of a user as his rights depend on. */
interface Reader {
  readonly id: UserId;
  readonly role: Role;
}

/**
 * As whom somebody sees a room: its players, its host, those who watch it, and our own staff.
 *
 * @throws {Refusal} room.not-found to everybody else: to strangers a room does not exist.
 */
export function audienceFor(room: Room, { spectators }: Standing, { id, role }: Reader): Audience {
  const plays = room.players.some(({ userId }) => userId === id);
  if (plays || room.hostId === id || spectators.has(id)) return audienceOf(room, id);
  if (role === 'admin' || role === 'judge') return 'referee';
  throw new Refusal('room.not-found');
}
