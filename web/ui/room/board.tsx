import type { JSX } from 'preact';
import type { Cell, LeaderboardRow } from '../../../src/contract/leaderboard';
import type { UserId } from '../../../src/contract/terms';
import type { Room } from '../../../src/core/room';
import { durationText } from '../../core/server-clock';
import { penaltyText } from '../../words/room';

interface BoardProps {
  readonly room: Room;
  readonly rows: readonly LeaderboardRow[];
  readonly me: UserId;
}

/** The leaderboard: a line for each player, a cell for each problem. */
export function Board({ room, rows, me }: BoardProps): JSX.Element {
  const awaited = rows.some(({ cells }) =>
    Object.values(cells).some(({ pending, provisional }) => pending > 0 || provisional),
  );
  return (
    <div class="board-frame" tabIndex={0} role="region" aria-label="Leaderboard">
      <table class="board">
        <caption class="unseen">Leaderboard</caption>
        <thead>
          <tr>
            <th scope="col">#</th>
            <th scope="col">Player</th>
            <th scope="col" class="number">
              Solved
            </th>
            <th scope="col" class="number">
              Penalty
            </th>
            {room.problems.map((label) => (
              <th key={label} scope="col" class="cell">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.userId} class={row.userId === me ? 'mine' : ''}>
              <td>{row.rank}</td>
              <th scope="row" class="name">
                {row.name}
                {row.userId === me && <span class="muted"> (you)</span>}
              </th>
              <td class="number">{row.solved}</td>
              <td class="number">{penaltyText(row.penalty, room)}</td>
              {room.problems.map((label) => (
                <BoardCell key={label} cell={row.cells[label]} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {awaited && <p class="small muted">… is still being judged and can change what is shown.</p>}
    </div>
  );
}

function BoardCell({ cell }: { cell: Cell | undefined }): JSX.Element {
  if (!cell || (cell.state === 'untouched' && cell.pending === 0))
    return (
      <td class="cell">
        <span class="muted">–</span>
      </td>
    );
  const tries = cell.tries > 1 || (cell.tries === 1 && cell.state !== 'solved') ? `${cell.tries}×` : '';
  return (
    <td class={`cell ${cell.state}`}>
      <span class="main">
        {cell.state === 'solved' ? `✓ ${durationText(cell.solvedAtSeconds!)}` : cell.state === 'pending' ? '…' : '✗'}
        {cell.provisional && ' …'}
      </span>
      <span class="sub">
        {cell.first && <span title="First to solve it">★ first </span>}
        {tries}
      </span>
      <span class="unseen">
        {cell.state === 'solved' ? 'solved' : cell.state === 'pending' ? 'being judged' : 'tried'}, {cell.tries} tries
      </span>
    </td>
  );
}
