import { QueryFailedError } from 'typeorm';
import { Refusal, type RefusalCode } from '../contract/refusals';

/** Rules that the database keeps, because only it sees every room at once. */
const REFUSED_BY: Readonly<Record<string, RefusalCode>> = {
  one_live_room_per_player: 'player.already-in-a-room',
  participants_seat: 'room.full',
  submissions_key: 'submission.key-reused',
  // Deleted in the moment between the look and the deed.
  room_problems_problem: 'problem.not-found',
  rejudges_problem: 'problem.not-found',
};

/** Turns the violation of a constraint that states a rule into its refusal; any other error goes on. */
export function refuseByConstraint(error: unknown): never {
  const constraint = violated(error);
  if (constraint !== null && constraint in REFUSED_BY) throw new Refusal(REFUSED_BY[constraint]!);
  throw error;
}

/** The name of the constraint an insert or update broke, or null if that is not what happened. */
export function violated(error: unknown): string | null {
  if (!(error instanceof QueryFailedError)) return null;
  const { constraint } = error.driverError as { constraint?: string };
  return constraint ?? null;
}
