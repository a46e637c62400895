import { Injectable } from '@nestjs/common';
import { Refusal } from '../contract/refusals';
import type { RejudgeId, RoomId, SubmissionId, UserId, Verdict } from '../contract/terms';
import { boardFor } from '../core/view';
import { newId } from '../new-id';
import { Clock } from '../ports';
import { RoomService } from '../rooms/room.service';
import { AuditStore, type Actor } from '../store/audit.store';
import { RejudgeStore, type Selection } from '../store/rejudge.store';
import type { Alongside } from '../store/room.store';

const MOST = 10_000;
/** How many are applied by one request. */
const AT_ONCE = 200;

/** Another judging of a submission came first: this one must not be written. */
class Overtaken extends Error {}

type Progress = Awaited<ReturnType<RejudgeStore['get']>>;

/**
 * Judging again in two steps: the judge works through the submissions beside their verdicts, so that what would change
 * can be looked at; then it is applied through the door of each room, or discarded.
 */
@Injectable()
export class Rejudges {
  constructor(
    private readonly store: RejudgeStore,
    private readonly rooms: RoomService,
    private readonly audit: AuditStore,
    private readonly clock: Clock,
  ) {}

  /** Begins one; a sweep has it judged within seconds. @throws {Refusal} rejudge.nothing, rejudge.too-large */
  async begin(selection: Selection, reason: string, actor: Actor & { readonly id: UserId }): Promise<RejudgeId> {
    const id = newId('rejudge');
    await this.store.transaction(async (tx) => {
      const submissions = await this.store.begin(tx, id, selection, { startedBy: actor.id, reason }, MOST + 1);
      if (submissions === 0) throw new Refusal('rejudge.nothing');
      if (submissions > MOST) throw new Refusal('rejudge.too-large');
      await this.audit.note(tx, actor, {
        action: 'rejudge.begin',
        subject: id,
        detail: { ...selection, submissions, reason },
      });
    });
    return id;
  }

  /** The standings of a room as our own staff see them, and as they would be. @throws {Refusal} rejudge.not-found, room.not-found */
  async boards(id: RejudgeId, roomId: RoomId) {
    await this.store.get(id);
    const verdicts = await this.store.verdictsIn(id, roomId);
    if (verdicts.size === 0) throw new Refusal('room.not-found');
    const { room } = await this.rooms.current(roomId);
    const submissions = room.submissions.map((one) => ({
      ...one,
      verdict: verdicts.get(one.submissionId) ?? one.verdict,
    }));
    const now = this.clock.now();
    return { before: boardFor(room, 'referee', now), after: boardFor({ ...room, submissions }, 'referee', now) };
  }

  /**
   * Puts some of the new verdicts in force; asked again it goes on with the rest. What was judged otherwise since it
   * began keeps that.
   *
   * @throws {Refusal} rejudge.not-found, rejudge.not-ready, rejudge.settled for a discarded one
   */
  async apply(id: RejudgeId, actor: Actor): Promise<{ applied: number; overtaken: number; left: number }> {
    const found = await this.store.get(id);
    if (found.discardedAt !== null) throw new Refusal('rejudge.settled');
    if (found.appliedAt !== null) return { applied: 0, overtaken: 0, left: 0 };
    if (found.judged < found.submissions)
      throw new Refusal('rejudge.not-ready', { left: found.submissions - found.judged });
    await this.store.transaction((tx) => this.store.bringUpToDate(tx, id));
    const counts = { applied: 0, overtaken: 0 };
    for (const { submissionId, roomId, before, after } of await this.store.left(id, AT_ONCE)) {
      const isApplied = await this.applyOne(id, { submissionId, roomId, before, after }, actor);
      counts[isApplied ? 'applied' : 'overtaken'] += 1;
    }
    const { left } = await this.store.get(id);
    if (left === 0)
      await this.store.transaction(async (tx) => {
        if (!(await this.store.settle(tx, id, 'appliedAt'))) return;
        await this.audit.note(tx, actor, { action: 'rejudge.apply', subject: id, detail: { changed: found.changed } });
      });
    return { ...counts, left };
  }

  /** Asked again it changes nothing. @throws {Refusal} rejudge.not-found, rejudge.settled once any of it is in force */
  async discard(id: RejudgeId, actor: Actor): Promise<void> {
    const found = await this.store.get(id);
    if (found.appliedAt !== null || found.left < found.changed) throw new Refusal('rejudge.settled');
    await this.store.transaction(async (tx) => {
      if (!(await this.store.settle(tx, id, 'discardedAt'))) return;
      const { submissions, judged, changed } = found;
      await this.audit.note(tx, actor, {
        action: 'rejudge.discard',
        subject: id,
        detail: { submissions, judged, changed },
      });
    });
  }

  private async applyOne(
    id: RejudgeId,
    one: {
      readonly submissionId: SubmissionId;
      readonly roomId: RoomId;
      readonly before: Verdict;
      readonly after: Verdict;
    },
    actor: Actor,
  ): Promise<boolean> {
    const { submissionId, roomId, before, after } = one;
    const ifFirst: Alongside = async (tx) => {
      if (!(await this.store.apply(tx, id, submissionId))) throw new Overtaken();
      const detail = { from: before, to: after, rejudgeId: id };
      await this.audit.note(tx, actor, { action: 'submission.rejudge', subject: submissionId, detail });
    };
    try {
      await this.rooms.dispatch(roomId, { do: 'judge', submissionId, verdict: after }, ifFirst, actor.requestId);
      return true;
    } catch (error) {
      if (!(error instanceof Overtaken)) throw error;
      await this.store.overtaken(id, submissionId);
      return false;
    }
  }
}

/** What a rejudge's moments and counts add up to. */
export function stateOf({ appliedAt, discardedAt, submissions, judged, changed, left }: Progress) {
  if (appliedAt !== null) return 'applied';
  if (discardedAt !== null) return 'discarded';
  if (judged < submissions) return 'judging';
  return left < changed ? 'applying' : 'ready';
}
