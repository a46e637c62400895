import { Activity } from '../auth/activity';
import { Grants } from '../auth/grants.service';
import type { Role, UserId } from '../contract/terms';
import { Bans } from '../rooms/bans.service';
import { RoomService } from '../rooms/room.service';
import { AuditStore, CLI } from '../store/audit.store';
import { RoomStore } from '../store/room.store';
import type { UserRow } from '../store/tables/people';
import { UserStore } from '../store/user.store';
import { type Answer, Failure } from './answer';
import { type OpenStore, withStore } from './store';

/** Gives somebody a role; a running server goes by it within seconds. */
export function grantRole(given: string, role: Role): Promise<Answer> {
  return withStore(async ({ db, clock }) => {
    const users = new UserStore(db, clock);
    const { id, name } = await personOf(users, given);
    const changed = await new Grants(users, new AuditStore(db, clock)).grant(id, role, CLI);
    const text = changed ? `${name} (${id}) is now ${role}.` : `${name} (${id}) is ${role} already.`;
    return { json: { id, name, role, changed }, text };
  });
}

/** Shuts somebody out; a running server has noticed within seconds. */
export function banUser(given: string): Promise<Answer> {
  return withStore(async (store) => {
    const { id, name } = await personOf(new UserStore(store.db, store.clock), given);
    const changed = await bansIn(store).ban(id, CLI);
    const text = changed ? `${name} (${id}) is banned.` : `${name} (${id}) was banned already.`;
    return { json: { id, name, banned: true, changed }, text };
  });
}

export function unbanUser(given: string): Promise<Answer> {
  return withStore(async (store) => {
    const { id, name } = await personOf(new UserStore(store.db, store.clock), given);
    const changed = await bansIn(store).unban(id, CLI);
    const text = changed ? `${name} (${id}) is let in again.` : `${name} (${id}) was not banned.`;
    return { json: { id, name, banned: false, changed }, text };
  });
}

function bansIn({ db, clock, bus }: OpenStore): Bans {
  const rooms = new RoomStore(db, clock);
  const service = new RoomService(rooms, bus, clock, new Activity(clock, rooms));
  return new Bans(new UserStore(db, clock), rooms, service, new AuditStore(db, clock));
}

/** By id, or by a name that only one bears. */
async function personOf(users: UserStore, given: string): Promise<UserRow> {
  const known = given.startsWith('user_') ? await users.find(given as UserId) : null;
  if (known) return known;
  const [found, ...others] = await users.named(given);
  if (!found) throw new Failure(`There is no user ${given}.`);
  if (others.length === 0) return found;
  const ids = [found, ...others].map(({ id }) => id);
  throw new Failure(`${ids.length} users are called ${given}; name one by id: ${ids.join(', ')}.`);
}
