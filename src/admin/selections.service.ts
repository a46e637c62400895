import { Injectable } from '@nestjs/common';
import { Refusal } from '../contract/refusals';
import type { SubmissionId } from '../contract/terms';
import { AuditStore, type Actor } from '../store/audit.store';
import { DeadLetterStore } from '../store/dead-letter.store';
import { JobStore } from '../store/job.store';
import { ProblemStore } from '../store/problem.store';
import type { Selection } from '../store/rejudge.store';
import { RoomStore } from '../store/room.store';

/** What is chosen to be judged again. */
@Injectable()
export class Selections {
  constructor(
    private readonly submissions: DeadLetterStore,
    private readonly rooms: RoomStore,
    private readonly problems: ProblemStore,
    private readonly jobs: JobStore,
    private readonly audit: AuditStore,
  ) {}

  /** That what is named is there. @throws {Refusal} submission.not-found, room.not-found, problem.not-found */
  async demand({ submissionId, roomId, slug }: Selection): Promise<void> {
    if (submissionId !== undefined && !(await this.submissions.exists(submissionId)))
      throw new Refusal('submission.not-found');
    if (roomId !== undefined && !(await this.rooms.positions([roomId])).has(roomId))
      throw new Refusal('room.not-found');
    if (slug !== undefined && (await this.problems.digest(slug)) === null) throw new Refusal('problem.not-found');
  }

  /** Has them judged again without a look beforehand: each new verdict is in force at once. @throws as {@link demand} */
  async rejudgeNow(selection: Selection, actor: Actor): Promise<SubmissionId[]> {
    await this.demand(selection);
    const { submissionId, ...many } = selection;
    return this.submissions.change(async (tx) => {
      if (submissionId !== undefined) await this.jobs.rejudge(submissionId, tx);
      const rejudged = submissionId === undefined ? await this.jobs.rejudgeAll(many, tx) : [submissionId];
      const entry = { action: 'submissions.rejudge', subject: submissionId ?? many.roomId ?? many.slug ?? 'all' };
      const detail = { ...selection, submissions: rejudged.length };
      if (rejudged.length > 0) await this.audit.note(tx, actor, { ...entry, detail });
      return rejudged;
    });
  }
}
