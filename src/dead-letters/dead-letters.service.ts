import { Injectable } from '@nestjs/common';
import type { Instant, SubmissionId } from '../contract/terms';
import { JudgeQueue, type Notice } from '../ports';
import { AuditStore, type Actor } from '../store/audit.store';
import { DeadLetterStore, type DeadLetter } from '../store/dead-letter.store';

/** What was asked of a dead letter, and whether that changed anything: asked twice, the second changes nothing. */
interface Settled {
  readonly id: SubmissionId;
  readonly changed: boolean;
}
export interface Settlement {
  readonly settled: readonly Settled[];
  /** The queue was reached, and keeps no notice of them any more. */
  readonly noticesGone: boolean;
}

/** How many strays an entry of the audit quotes. */
const MOST_QUOTED = 20;

/**
 * What the judge has given up, for an operator to settle. The rows are the truth; a broker's queue of dead
 * letters holds notices of it, which go when the letter is settled, or with the same request once more
 * where the broker was away. Notices that stand for no dead letter are strays: they name no job, or one that
 * was judged after all.
 */
@Injectable()
export class DeadLetters {
  constructor(
    private readonly store: DeadLetterStore,
    private readonly audit: AuditStore,
    private readonly queue: JudgeQueue,
  ) {}

  /** The oldest first, from after the one at `after` on. */
  list(limit: number, after: readonly [Instant, string] | null = null): Promise<DeadLetter[]> {
    return this.store.list(limit, after);
  }

  /** One with all that was tried. Null: it is none. */
  async peek(id: SubmissionId) {
    const letter = await this.store.get(id);
    return letter && { ...letter, tried: await this.store.attemptsAt(id) };
  }

  /** Has them judged again. A sweep announces them within seconds. */
  replay(ids: readonly SubmissionId[], actor: Actor): Promise<Settlement> {
    return this.settle('replay', ids, actor);
  }

  /** Leaves them as they are for good: a judge error, charged to nobody. Only a rejudge brings them back. */
  drop(ids: readonly SubmissionId[], actor: Actor): Promise<Settlement> {
    return this.settle('drop', ids, actor);
  }

  /** The oldest first. Null: the broker could not be reached. */
  async strays(): Promise<Notice[] | null> {
    const notices: Notice[] = [];
    const reached = await this.queue.sift((notice) => {
      notices.push(notice);
      return false;
    });
    // A row is given up before there is a notice of it, and so is asked for after.
    const dead = new Set<string>(await this.store.among(notices.flatMap(({ job }) => job ?? [])));
    return reached ? notices.filter(({ job }) => job === null || !dead.has(job)) : null;
  }

  /** Removes them from the broker; nothing else holds them. Those that were; null: it could not be reached. */
  async dropStrays(actor: Actor): Promise<Notice[] | null> {
    const strays = await this.strays();
    if (strays === null) return null;
    const jobs = new Set(strays.map(({ job }) => job));
    const dropped: Notice[] = [];
    const reached = await this.queue.sift((notice) => jobs.has(notice.job) && dropped.push(notice) > 0);
    if (dropped.length > 0) {
      const detail = { count: dropped.length, first: dropped.slice(0, MOST_QUOTED) };
      await this.store.change((tx) => this.audit.note(tx, actor, { action: 'dlq.drop', subject: 'strays', detail }));
    }
    return reached ? dropped : null;
  }

  private async settle(how: 'replay' | 'drop', ids: readonly SubmissionId[], actor: Actor): Promise<Settlement> {
    const settled: Settled[] = [];
    for (const id of ids) settled.push({ id, changed: await this.settleOne(how, id, actor) });
    return { settled, noticesGone: ids.length === 0 || (await this.forget(ids)) };
  }

  private forget(ids: readonly SubmissionId[]): Promise<boolean> {
    const over = new Set<string | null>(ids);
    return this.queue.sift(({ job }) => over.has(job));
  }

  private async settleOne(how: 'replay' | 'drop', id: SubmissionId, actor: Actor): Promise<boolean> {
    const letter = await this.store.get(id);
    if (letter === null) return false;
    const detail = { reason: letter.reason, attempts: letter.attempts };
    return this.store.change(async (tx) => {
      const changed = await this.store[how](tx, id);
      if (changed) await this.audit.note(tx, actor, { action: `dlq.${how}`, subject: id, detail });
      return changed;
    });
  }
}
