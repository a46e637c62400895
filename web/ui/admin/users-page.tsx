import type { JSX } from 'preact';
import { ROLES, type Role } from '../../../src/contract/terms';
import { api } from '../joust';
import { Moment } from './facts';
import { FilterBar, useFiltered } from './filter-bar';
import { Listing } from './listing';

type YesOrNo = 'true' | 'false';

/** Everybody. */
export function UsersPage(): JSX.Element {
  const { pages, filter, narrow } = useFiltered(({ search, role, banned, guest }, cursor) =>
    api.ask('GET /api/admin/users', {
      query: {
        ...(search && { search }),
        ...(role && { role: role as Role }),
        ...(banned && { banned: banned as YesOrNo }),
        ...(guest && { guest: guest as YesOrNo }),
        cursor,
      },
    }),
  );
  return (
    <>
      <h1>Users</h1>
      <FilterBar
        filter={filter}
        narrow={narrow}
        fields={[
          { name: 'search', label: 'Name begins with, or id' },
          { name: 'role', label: 'Role', choices: ROLES.map((role) => [role, role]) },
          {
            name: 'banned',
            label: 'Banned',
            choices: [
              ['true', 'banned'],
              ['false', 'not banned'],
            ],
          },
          {
            name: 'guest',
            label: 'Account',
            choices: [
              ['true', 'guest'],
              ['false', 'signed up'],
            ],
          },
        ]}
      />
      <Listing
        title="Users"
        pages={pages}
        none="Nobody fits."
        keyOf={({ id }) => id}
        columns={[
          { name: 'Name', of: ({ id, name }) => <a href={`/admin/users/${id}`}>{name}</a> },
          { name: 'Role', of: ({ role }) => role },
          { name: 'Account', of: ({ guest, issuer }) => (guest ? 'guest' : issuer) },
          { name: 'Rating', number: true, of: ({ rating }) => Math.round(rating) },
          { name: 'Since', of: ({ createdAt }) => <Moment at={createdAt} /> },
          { name: 'Banned', of: ({ bannedAt }) => (bannedAt === null ? '' : <strong class="bad">banned</strong>) },
        ]}
      />
    </>
  );
}
