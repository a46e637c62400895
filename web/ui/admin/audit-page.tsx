import type { JSX } from 'preact';
import type { UserId } from '../../../src/contract/terms';
import { api } from '../joust';
import { Moment } from './facts';
import { FilterBar, useFiltered } from './filter-bar';
import { Listing } from './listing';

/** Who did what, the latest first. */
export function AuditPage(): JSX.Element {
  const { pages, filter, narrow } = useFiltered(({ actor, action, subject }, cursor) =>
    api.ask('GET /api/admin/audit', {
      query: {
        ...(actor && { actor: actor as UserId }),
        ...(action && { action }),
        ...(subject && { subject }),
        cursor,
      },
    }),
  );
  return (
    <>
      <h1>Audit log</h1>
      <FilterBar
        filter={filter}
        narrow={narrow}
        fields={[
          { name: 'action', label: 'Action, such as user.ban' },
          { name: 'actor', label: 'Id of who did it, or cli' },
          { name: 'subject', label: 'Id of what it was done to' },
        ]}
      />
      <Listing
        title="Audit log"
        pages={pages}
        none="Nothing fits."
        keyOf={({ id }) => String(id)}
        columns={[
          { name: 'When', of: ({ at }) => <Moment at={at} /> },
          { name: 'Who', of: ({ actor, actorName }) => actorName ?? actor },
          { name: 'Action', of: ({ action }) => action },
          { name: 'On', of: ({ subject }) => <code>{subject}</code> },
          { name: 'Detail', of: ({ detail }) => <code class="detail">{JSON.stringify(detail)}</code> },
        ]}
      />
    </>
  );
}
