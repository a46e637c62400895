import type { JSX } from 'preact';
import type { RoomId, UserId } from '../../../src/contract/terms';
import { VERDICT_WORDS, type CurrentVerdict } from '../../words/verdicts';
import { api } from '../joust';
import { Verdict } from '../parts/verdict';
import { Moment } from './facts';
import { FilterBar, useFiltered } from './filter-bar';
import { Listing } from './listing';

/** All submissions, the newest first. */
export function SubmissionsPage(): JSX.Element {
  const { pages, filter, narrow } = useFiltered(({ roomId, userId, slug, language, verdict }, cursor) =>
    api.ask('GET /api/admin/submissions', {
      query: {
        ...{
          ...(roomId && { roomId: roomId as RoomId }),
          ...(userId && { userId: userId as UserId }),
          ...(slug && { slug }),
        },
        ...{ ...(language && { language }), ...(verdict && { verdict: verdict as CurrentVerdict }), cursor },
      },
    }),
  );
  return (
    <>
      <h1>Submissions</h1>
      <FilterBar
        filter={filter}
        narrow={narrow}
        fields={[
          { name: 'slug', label: 'Problem' },
          { name: 'language', label: 'Language' },
          { name: 'roomId', label: 'Id of a room' },
          { name: 'userId', label: 'Id of a user' },
          {
            name: 'verdict',
            label: 'Verdict',
            choices: Object.entries(VERDICT_WORDS).map(([code, { name }]) => [code, name]),
          },
        ]}
      />
      <Listing
        title="Submissions"
        pages={pages}
        none="No submission fits."
        keyOf={({ id }) => id}
        columns={[
          {
            name: 'Received',
            of: ({ id, receivedAt }) => (
              <a href={`/admin/submissions/${id}`}>
                <Moment at={receivedAt} />
              </a>
            ),
          },
          { name: 'By', of: ({ userId, name }) => <a href={`/admin/users/${userId}`}>{name}</a> },
          { name: 'Room', of: ({ roomId, roomCode }) => <a href={`/admin/rooms/${roomId}`}>{roomCode}</a> },
          { name: 'Problem', of: ({ problem, slug }) => `${problem} ${slug}` },
          { name: 'Language', of: ({ language }) => language },
          { name: 'Verdict', of: ({ verdict }) => <Verdict verdict={verdict} /> },
        ]}
      />
    </>
  );
}
