import { Injectable } from '@nestjs/common';
import type { SubmissionId } from '../contract/terms';
import { JudgeQueue } from '../ports';
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

/**
 * What the judge has given up, for an operator to settle. The rows are the truth; a broker's queue of dead
 * letters holds notices of it, which go when the letter is settled, or with the same request once more
 * where the broker was away.
 */
@Injectable()
export class DeadLetters {
  constructor(
    private readonly store: DeadLetterStore,
    private readonly audit: AuditStore,
    private readonly queue: JudgeQueue,
  ) {}

  list(limit: number): Promise<DeadLetter[]> {
    return this.store.list(limit);
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

  private async settle(how: 'replay' | 'drop', ids: readonly SubmissionId[], actor: Actor): Promise<Settlement> {
    const settled: Settled[] = [];
    for (const id of ids) settled.push({ id, changed: await this.settleOne(how, id, actor) });
    return { settled, noticesGone: ids.length === 0 || (await this.queue.forget(ids)) };
  }

  private async settleOne(how: 'replay' | 'drop', id: SubmissionId, actor: Actor): Promise<boolean> {
    const letter = await this.store.get(id);
    if (letter === null) return false;
    const detail = { reason: letter.reason, attempts: letter.attempts };
    return this.store.change(async (tx) => {
      const changed = await this.store[how](tx, id);
      if (changed) await this.audit.note(tx, { actor, action: `dlq.${how}`, subject: id, detail });
      return changed;
    });
  }
}
