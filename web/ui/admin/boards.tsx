import type { JSX } from 'preact';
import type { AnswerOf } from '../../core/api';
import { durationText } from '../../core/server-clock';
import { api } from '../joust';
import { useAnswer } from '../parts/use-answer';
import { One } from './facts';
import { Rows } from './listing';

type Row = AnswerOf<'GET /api/admin/rejudges/:rejudgeId/rooms/:roomId'>['before']['rows'][number];

/** The standings of a room as they are, and as they would be. */
export function Boards({ rejudgeId, roomId }: { rejudgeId: string; roomId: string }): JSX.Element {
  const params = { rejudgeId, roomId };
  const answer = useAnswer(
    () => api.ask('GET /api/admin/rejudges/:rejudgeId/rooms/:roomId', { params }),
    [rejudgeId, roomId],
  );
  return (
    <section class="boards" aria-label="The boards of this room">
      <One answer={answer}>
        {({ before, after }) => (
          <>
            <Standings title="As it is" rows={before.rows} />
            <Standings title="As it would be" rows={after.rows} />
          </>
        )}
      </One>
    </section>
  );
}

const Standings = ({ title, rows }: { title: string; rows: readonly Row[] }): JSX.Element => (
  <div>
    <h3>{title}</h3>
    <Rows
      title={title}
      items={rows}
      keyOf={({ userId }) => userId}
      columns={[
        { name: 'Player', of: ({ rank, name }) => `${rank}. ${name}` },
        { name: 'Solved', number: true, of: ({ solved }) => solved },
        { name: 'Penalty', number: true, of: ({ penalty }) => penalty },
        ...Object.keys(rows[0]?.cells ?? {}).map((label) => ({
          name: label,
          of: ({ cells }: Row) => cellText(cells[label]),
        })),
      ]}
    />
  </div>
);

function cellText(cell: Row['cells'][string] | undefined): string {
  if (!cell || cell.state === 'untouched') return '–';
  const tries = `${cell.tries} ${cell.tries === 1 ? 'try' : 'tries'}`;
  return cell.solvedAtSeconds === null ? `✗ ${tries}` : `✓ ${durationText(cell.solvedAtSeconds)}, ${tries}`;
}
