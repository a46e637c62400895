import { Selections } from '../admin/selections.service';
import { Refusal } from '../contract/refusals';
import type { RoomId, SubmissionId } from '../contract/terms';
import { AuditStore, CLI } from '../store/audit.store';
import { DeadLetterStore } from '../store/dead-letter.store';
import { JobStore } from '../store/job.store';
import { ProblemStore } from '../store/problem.store';
import { RoomStore } from '../store/room.store';
import { type Answer, Failure } from './answer';
import { roomOf } from './rooms';
import { type OpenStore, withStore } from './store';

interface Chosen {
  readonly room?: string;
  readonly problem?: string;
}

/** Has submissions judged again: one, or all of a room, of a problem, or of a problem in a room. */
export function rejudge(id: string | undefined, chosen: Chosen): Promise<Answer> {
  const many = chosen.room !== undefined || chosen.problem !== undefined;
  if (many === (id !== undefined)) throw new Failure('Name one submission, or a --room, a --problem or both.');
  return withStore(async (store) => {
    const roomId =
      chosen.room === undefined ? undefined : await roomOf(new RoomStore(store.db, store.clock), chosen.room);
    const rejudged = await rejudgeIn(store, id, roomId, chosen.problem);
    const text = `To be judged again: ${rejudged.length}. A running server begins at once, another at its next start.`;
    return { json: { rejudged }, text };
  });
}

async function rejudgeIn({ db, clock }: OpenStore, id: string | undefined, roomId: RoomId | undefined, slug?: string) {
  const selections = new Selections(
    new DeadLetterStore(db, clock),
    new RoomStore(db, clock),
    new ProblemStore(db, clock),
    new JobStore(db, clock),
    new AuditStore(db, clock),
  );
  try {
    return await selections.rejudgeNow({ submissionId: id as SubmissionId | undefined, roomId, slug }, CLI);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new Failure(
      error.code === 'problem.not-found' ? `There is no problem ${slug}.` : `There is no submission ${id}.`,
    );
  }
}
