import type { SubmissionId } from '../contract/terms';
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
    const rejudged = id === undefined ? await rejudgeAll(store, chosen) : await rejudgeOne(store, id as SubmissionId);
    const text = `To be judged again: ${rejudged.length}. A running server begins at once, another at its next start.`;
    return { json: { rejudged }, text };
  });
}

async function rejudgeOne({ db, clock }: OpenStore, id: SubmissionId): Promise<SubmissionId[]> {
  if (!(await new JobStore(db, clock).rejudge(id))) throw new Failure(`There is no submission ${id}.`);
  return [id];
}

async function rejudgeAll({ db, clock }: OpenStore, { room, problem }: Chosen): Promise<SubmissionId[]> {
  const slug = problem ?? null;
  if (slug !== null && (await new ProblemStore(db, clock).digest(slug)) === null)
    throw new Failure(`There is no problem ${slug}.`);
  const roomId = room === undefined ? null : await roomOf(new RoomStore(db, clock), room);
  return new JobStore(db, clock).rejudgeAll({ roomId, slug });
}
