import type { Label, UserId } from './terms';

/** What one player did with one problem, as far as the reader may know. */
export interface Cell {
  /** The strongest that holds: solved, else pending, else tried. A compile error alone leaves a cell untouched. */
  readonly state: 'untouched' | 'tried' | 'pending' | 'solved';
  /** Charged tries, plus the accepted one. */
  readonly tries: number;
  /** Submissions without a verdict, up to the accepted one. */
  readonly pending: number;
  /** Whole seconds of contest time before the accepted one, whatever the penalty is counted in. */
  readonly solvedAtSeconds: number | null;
  /** The first of all players to solve this problem, and nothing still awaited can change that. */
  readonly first: boolean;
  /** Solved, but a submission still awaited could change this cell. */
  readonly provisional: boolean;
}

/** One player's line. Equal players share a rank, and the rank after them is skipped: 1, 1, 3. */
export interface LeaderboardRow<U extends string = UserId> {
  readonly rank: number;
  readonly userId: U;
  readonly name: string;
  readonly solved: number;
  /** In the unit of the contest's time precision: minutes or seconds. */
  readonly penalty: number;
  /** One for every problem of the contest. */
  readonly cells: Readonly<Record<Label, Cell>>;
}
