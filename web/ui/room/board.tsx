import type { JSX } from 'preact';
import '../../styles/board.css';
import type { Cell, LeaderboardRow } from '../../../src/contract/leaderboard';
import type { Label, UserId } from '../../../src/contract/terms';
import type { Room } from '../../../src/core/room';
import { durationText } from '../../core/server-clock';
import { penaltyText } from '../../words/room';

interface BoardProps {
  readonly room: Room;
  readonly rows: readonly LeaderboardRow[];
  readonly me: UserId;
  /** The problems' titles, as far as they are known. */
  readonly titles?: ReadonlyMap<Label, string>;
}

/** The leaderboard of two: a column for each player, the better first, and a line for each problem. */
export function Board({ room, rows, me, titles }: BoardProps): JSX.Element {
  const isAwaiting = rows
    .flatMap(({ cells }) => Object.values(cells))
    .some(({ pending, provisional }) => pending > 0 || provisional);
  return (
    <div class="board-frame">
      <table class="board">
        <caption class="unseen">Leaderboard</caption>
        <thead>
          <tr>
            <th scope="col">
              <span class="unseen">Problem</span>
            </th>
            {rows.map(({ userId, name, rank }) => (
              <th key={userId} scope="col" class={userId === me ? 'mine' : ''}>
                <span class="muted">{rank}.</span> {name}
                {userId === me && <span class="muted"> (you)</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Sum title="Solved" rows={rows} me={me} of={({ solved }) => String(solved)} />
          <Sum title="Penalty" rows={rows} me={me} of={({ penalty }) => penaltyText(penalty, room)} />
          {room.problems.map((label) => (
            <tr key={label}>
              <th scope="row">
                {label} <span class="title muted">{titles?.get(label)}</span>
              </th>
              {rows.map(({ userId, cells }) => (
                <BoardCell key={userId} cell={cells[label]} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {isAwaiting && <p class="small muted">… is still being judged and can change what is shown.</p>}
    </div>
  );
}

interface SumProps extends Pick<BoardProps, 'rows' | 'me'> {
  readonly title: string;
  readonly of: (row: LeaderboardRow) => string;
}

const Sum = ({ title, rows, me, of }: SumProps): JSX.Element => (
  <tr class="sum">
    <th scope="row">{title}</th>
    {rows.map((row) => (
      <td key={row.userId} class={row.userId === me ? 'mine' : ''}>
        {of(row)}
      </td>
    ))}
  </tr>
);

function BoardCell({ cell }: { cell: Cell | undefined }): JSX.Element {
  if (!cell || (cell.state === 'untouched' && cell.pending === 0))
    return (
      <td class="cell muted">
        –<span class="unseen"> not tried</span>
      </td>
    );
  const { state, tries, first, provisional, solvedAtSeconds } = cell;
  const sign = { solved: '✓', pending: '…', tried: '✗', untouched: '–' }[state];
  const words = { solved: 'solved at', pending: 'being judged', tried: 'tried', untouched: 'not tried' }[state];
  return (
    <td class={`cell ${state}`}>
      <span aria-hidden="true">{sign} </span>
      <span class="unseen">{words} </span>
      {state === 'solved' && durationText(solvedAtSeconds!)}
      {tries > (state === 'solved' ? 1 : 0) && (
        <span class="small">
          {' '}
          {tries} {tries === 1 ? 'try' : 'tries'}
        </span>
      )}
      {first && (
        <span class="small" title="The first to solve it">
          {' '}
          ★<span class="unseen"> first to solve it</span>
        </span>
      )}
      {provisional && <span title="A submission before it is still being judged"> …</span>}
    </td>
  );
}
