import { Injectable, Logger } from '@nestjs/common';
import type { z } from 'zod';
import type { RoomEvent } from '../contract/events';
import { Refusal } from '../contract/refusals';
import type { Submit, Try } from '../contract/requests';
import type { Instant, RoomId, SubmissionId, TrialId } from '../contract/terms';
import { decide } from '../core/decide';
import { readsAll } from '../core/policy';
import { Limits } from '../http/limits';
import { newId } from '../new-id';
import { Clock, JudgeQueue } from '../ports';
import { RoomService } from '../rooms/room.service';
import { SubmissionStore, type StoredSubmission } from '../store/submission.store';
import type { UserRow } from '../store/tables/people';
import { Backlog } from './backlog';
import { Languages } from '../rooms/languages';
import { checkInput, checkSource } from './source';

interface Accepted {
  readonly submissionId: SubmissionId;
  readonly receivedAt: Instant;
  readonly seq: number;
}
const MOST_TRIALS_AT_ONCE = 5;

@Injectable()
export class SubmissionsService {
  private readonly log = new Logger('submissions');

  constructor(
    private readonly rooms: RoomService,
    private readonly store: SubmissionStore,
    private readonly queue: JudgeQueue,
    private readonly languages: Languages,
    private readonly backlog: Backlog,
    private readonly limits: Limits,
    private readonly clock: Clock,
  ) {}

  /**
   * Accepts a submission: it is stored before this resolves, and reaches a verdict from then on. The
   * same key and body again is the same submission, whatever has happened to the room since, and
   * counts as one towards how many may be made.
   */
  async submit(user: UserRow, roomId: RoomId, body: z.infer<typeof Submit>, requestId: string): Promise<Accepted> {
    checkSource(body.source);
    try {
      return await this.accept(user, roomId, body, requestId);
    } catch (refusal) {
      const earlier = refusal instanceof Refusal ? await this.store.byKey(roomId, user.id, body.key) : null;
      if (!earlier) throw refusal;
      const { id, label, language, source, receivedAt, receivedSeq } = earlier;
      const same = label === body.problem && language === body.language && source === body.source;
      if (!same) throw new Refusal('submission.key-reused');
      await this.limits.refund('submit', user.id);
      return { submissionId: id, receivedAt, seq: receivedSeq };
    }
  }

  private async accept(
    user: UserRow,
    roomId: RoomId,
    { problem, language, source, key }: z.infer<typeof Submit>,
    requestId: string,
  ): Promise<Accepted> {
    await this.limits.spend('submit', user.id);
    await this.languages.check(language);
    this.backlog.check();
    const id = newId('sub');
    const content = { label: problem, language, source, key, requestId };
    const events = await this.rooms.receive({ id, roomId, userId: user.id, ...content });
    const { data, seq } = receivedIn(events);
    this.log.debug({ request: requestId, submission: id, room: roomId, seq }, 'A submission is accepted');
    await this.queue.announce(id);
    return { submissionId: id, receivedAt: data.receivedAt, seq };
  }

  /**
   * Runs a program beside the contest. It is never scored, and only its author hears of it.
   *
   * @throws {Refusal} as a submission would be, and rate.limited while too many wait
   */
  async try(
    user: UserRow,
    roomId: RoomId,
    { problem, language, source, input }: z.infer<typeof Try>,
    requestId: string,
  ): Promise<TrialId> {
    await this.limits.spend('trial', user.id);
    checkSource(source);
    if (input !== undefined) checkInput(input);
    await this.languages.check(language);
    this.backlog.check();
    const { room, standing } = await this.rooms.current(roomId);
    // What could be submitted may be tried: the rules are asked, and what they say would happen does not.
    const asked = { do: 'submit', by: user.id, submissionId: newId('sub'), problem, language } as const;
    decide(room, standing, asked, this.clock.now());
    if ((await this.store.trialsOwed(user.id)) >= MOST_TRIALS_AT_ONCE) throw new Refusal('rate.limited', undefined, 2);
    const id = newId('trial');
    const content = { label: problem, language, source, input: input ?? null, requestId };
    await this.store.insertTrial({ id, roomId, userId: user.id, ...content });
    await this.queue.announce(id);
    return id;
  }

  /** One's own submission, or anybody's once all is told. @throws {Refusal} submission.not-found, to everybody else */
  async get(user: UserRow, id: SubmissionId): Promise<StoredSubmission> {
    const submission = await this.store.get(id);
    const { room, audience } = await this.rooms.seenBy(user, submission.roomId).catch(notFound);
    const own = submission.userId === user.id;
    if (!own && audience !== 'referee' && !readsAll(room, audience)) throw new Refusal('submission.not-found');
    return submission;
  }

  /** The submissions of a room that somebody may read: his own, and everybody's once all is told. */
  async list(user: UserRow, roomId: RoomId, after: number, limit: number): Promise<StoredSubmission[]> {
    const { room, audience } = await this.rooms.seenBy(user, roomId);
    return this.store.list(roomId, readsAll(room, audience) ? null : user.id, after, limit);
  }

  async trial(user: UserRow, id: TrialId) {
    return this.store.trial(id, user.id);
  }
}

const receivedIn = (events: readonly RoomEvent[]) => events.find((event) => event.type === 'submission.received')!;

function notFound(error: unknown): never {
  throw error instanceof Refusal ? new Refusal('submission.not-found') : error;
}
