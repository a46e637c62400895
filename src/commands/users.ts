import type { Role, UserId } from '../contract/terms';
import type { UserRow } from '../store/tables/people';
import { UserStore } from '../store/user.store';
import { type Answer, Failure } from './answer';
import { withStore } from './store';

/** Gives somebody a role; a running server goes by it within seconds. */
export function grantRole(given: string, role: Role): Promise<Answer> {
  return withStore(async ({ db, clock }) => {
    const users = new UserStore(db, clock);
    const { id, name } = await personOf(users, given);
    await users.grant(id, role);
    return { json: { id, name, role }, text: `${name} (${id}) is now ${role}.` };
  });
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
