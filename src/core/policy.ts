import { Refusal } from '../contract/refusals';
import type { Role, UserId } from '../contract/terms';
import type { Room } from './room';
import { audienceOf, isOpen, type Audience } from './view';

/** What somebody is in a room. Who has `left` went by himself, and may come back. */
type Place = 'host' | 'player' | 'spectator' | 'left';
const PLACES: ReadonlySet<Place> = new Set(['host', 'player', 'spectator', 'left']);
/** A `user` is whoever has signed in. A place counts in its own room. */
type Who = 'anybody' | 'user' | Place | Exclude<Role, 'player'>;

/** Who may do what. What has no entry nobody may. In which phase of a room, core/moves says. */
const POLICY = {
  'health.read': ['anybody'],
  'catalogue.read': ['anybody'],
  'session.open': ['anybody'],
  'session.renew': ['anybody'],
  'session.own': ['user'],
  'profile.read': ['user'],
  'room.open': ['user'],
  'room.join': ['user'],

  'room.see': ['player', 'host', 'spectator', 'judge', 'admin'],
  'room.ready': ['player'],
  'room.start': ['host'],
  'room.leave': ['player', 'host', 'spectator', 'left'],
  'room.cancel': ['host'],
  'room.kick': ['host'],
  'room.resign': ['player'],
  'room.end': ['player', 'host'],
  'room.claim': ['player'],
  'room.extend': ['host'],
  'room.reveal': ['host'],
  'room.rematch': ['player'],
  'room.submit': ['player'],

  'users.read': ['admin'],
  'users.manage': ['admin'],
  'rooms.read': ['judge', 'admin'],
  'rooms.close': ['admin'],
  'rooms.announce': ['judge', 'admin'],
  'problems.read': ['setter', 'judge', 'admin'],
  'problems.edit': ['setter', 'admin'],
  'submissions.read': ['judge', 'admin'],
  'submissions.rejudge': ['judge', 'admin'],
  'dead-letters.manage': ['judge', 'admin'],
  'audit.read': ['admin'],
  'analytics.read': ['setter', 'judge', 'admin'],
} as const satisfies Readonly<Record<string, readonly Who[]>>;
export type Action = keyof typeof POLICY;

/** Whether only our own staff may do something: it shows what contests keep secret, so nobody does it who plays in one. */
export const isStaffs = (action: Action): boolean =>
  POLICY[action].every((who: Who) => who === 'setter' || who === 'judge' || who === 'admin');

/** As what rooms are to take somebody: our own staff are players like any other as long as they have a seat. */
export const roleAmongRooms = (role: Role, plays: boolean): Role => (plays ? 'player' : role);

/** As much of a user as his rights depend on. */
interface Reader {
  readonly id: UserId;
  readonly role: Role;
}

/** What a room's rows know of people beyond what the log tells. */
export interface Standing {
  readonly spectators: ReadonlySet<UserId>;
  /** Left by themselves. */
  readonly left: ReadonlySet<UserId>;
  readonly kicked: ReadonlySet<UserId>;
}

/**
 * Whether somebody may do something; null is who has not signed in. `places`: what he is in the room it is
 * about. Without them, as at the door, whoever could have the right one passes.
 */
export function may(
  action: Action | undefined,
  user: Pick<Reader, 'role'> | null,
  places: ReadonlySet<Place> = PLACES,
): boolean {
  const allowed: readonly Who[] = action === undefined ? [] : POLICY[action];
  if (allowed.includes('anybody') || user === null) return allowed.includes('anybody');
  // A player of the table is one of a room; by his role everybody is one.
  const role = user.role === 'player' ? 'user' : user.role;
  return allowed.some((who) => who === 'user' || who === role || places.has(who as Place));
}

/**
 * That somebody may do something in this room; what he is in it.
 *
 * @throws {Refusal} room.not-found where he may not even see it, else who only may.
 */
export function demand(action: Action, room: Room, standing: Standing, user: Reader): ReadonlySet<Place> {
  const places = placesIn(room, standing, user.id);
  if (may(action, user, places)) return places;
  if (!may('room.see', user, places)) throw new Refusal('room.not-found');
  const allowed: readonly Who[] = POLICY[action];
  throw new Refusal(allowed.includes('player') ? 'room.not-member' : 'room.not-host');
}

/** As whom somebody sees a room; our own staff see what a referee does. @throws {Refusal} room.not-found */
export function audienceFor(room: Room, standing: Standing, user: Reader): Audience {
  const places = demand('room.see', room, standing, user);
  return places.has('player') || places.has('host') || places.has('spectator') ? audienceOf(room, user.id) : 'referee';
}

/** Whether the programs of both are read: by the players, and a host who referees, once all is told. */
export const readsAll = (room: Room, audience: Audience): boolean => isOpen(room) && audience !== 'public';

function placesIn(room: Room, { spectators, left }: Standing, id: UserId): ReadonlySet<Place> {
  const is: Readonly<Record<Place, boolean>> = {
    host: room.hostId === id,
    player: room.players.some(({ userId }) => userId === id),
    spectator: spectators.has(id),
    left: left.has(id),
  };
  return new Set([...PLACES].filter((place) => is[place]));
}
