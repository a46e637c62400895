import { effect, signal } from '@preact/signals-core';
import type { RefusalCode } from '../../src/contract/refusals';
import type { SubmissionId, UserId } from '../../src/contract/terms';
import type { Refused, AnswerOf, Api, BodyOf, RouteName } from './api';
import { Desk } from './desk';
import type { Drafts } from './drafts';
import { Live } from './live';
import { newKey, Outbox, type Letter } from './outbox';
import { RoomStore, type Snapshot } from './room-store';
import type { ServerClock } from './server-clock';
import type { Session } from './session';
import { Trials } from './trials';

export type SubmissionDetail = AnswerOf<'GET /api/submissions/:submissionId'>;

interface Shared {
  readonly api: Api;
  readonly session: Session;
  readonly clock: ServerClock;
  readonly drafts: Drafts;
  readonly storage: Storage;
  readonly preferredLanguage: () => string | undefined;
}
interface VisitListener {
  /** A submission was refused for good: it will not be sent again. */
  readonly returned: (letter: Letter, refusal: Refused) => void;
}
type Move = Extract<RouteName, `POST /api/rooms/:roomId/${string}`>;

/**
 * One person's visit to one room: the room as it is known here, the line that keeps it level with the
 * server, what he works on and what he has sent.
 */
export class Visit {
  readonly store: RoomStore;
  readonly live: Live;
  readonly desk: Desk;
  readonly trials: Trials;
  readonly outbox: Outbox;
  /** Tests and compiler output of own submissions, as far as they were asked for. */
  readonly details = signal<ReadonlyMap<SubmissionId, SubmissionDetail>>(new Map());
  /** Programs sent from this page. */
  readonly sent = new Map<SubmissionId, string>();
  /** Why the server does not let us follow the room any more. */
  readonly refused = signal<RefusalCode | null>(null);
  private readonly api: Api;
  private readonly stops: (() => void)[];

  constructor(shared: Shared, snapshot: Snapshot, userId: UserId, listener: VisitListener) {
    const { api, session, clock, drafts, storage, preferredLanguage } = shared;
    const roomId = snapshot.id;
    this.api = api;
    this.store = new RoomStore(roomId, userId);
    this.desk = new Desk(api, drafts, storage, roomId, userId, preferredLanguage);
    this.trials = new Trials(api, roomId);
    this.outbox = new Outbox(
      api,
      storage,
      { userId, roomId },
      {
        delivered: (letter, submissionId) => this.sent.set(submissionId, letter.source),
        returned: listener.returned,
      },
    );
    this.live = new Live(session, clock, this.store, {
      trial: (trial) => this.trials.take(trial),
      refused: (code) => (this.refused.value = code),
    });
    this.stops = [
      effect(() => {
        if (this.live.link.value === 'online') void this.outbox.send();
      }),
      this.store.onEvent((event) => {
        if (event.type === 'submission.judged' && event.data.userId === userId)
          void this.look(event.data.submissionId, true).catch(() => undefined); // whoever opens it asks again
      }),
    ];
  }

  /** Asks for something to happen in the room; that it did comes as an event. @throws {Refused} {Away} */
  async move<N extends Move>(name: N, body?: BodyOf<N>): Promise<void> {
    const params = { roomId: this.store.roomId };
    await this.api.ask(name, body === undefined ? { params } : { params, body });
  }

  submit(): void {
    const { problem, language } = this.desk.place.value;
    this.outbox.post({ key: newKey(), problem, language, source: this.desk.source.value });
  }

  async run(): Promise<void> {
    const { problem, language } = this.desk.place.value;
    await this.trials.run({ problem, language, source: this.desk.source.value });
  }

  /** Gets what the author may see of a submission. @throws {Refused} {Away} */
  async look(submissionId: SubmissionId, again = false): Promise<void> {
    if (this.details.value.has(submissionId) && !again) return;
    const detail = await this.api.ask('GET /api/submissions/:submissionId', { params: { submissionId } });
    this.details.value = new Map(this.details.value).set(submissionId, detail);
  }

  /** The opponent has been gone so long that the one who stayed may end or claim; the server looks again. */
  opponentGoneSince(): number | null {
    const { opponent, presence } = this.store;
    const seen = opponent.value && presence.value.get(opponent.value.userId);
    return seen && seen.state !== 'online' ? seen.since : null;
  }

  close(): void {
    for (const stop of this.stops) stop();
    this.live.close();
    this.outbox.close();
    this.trials.close();
  }
}
