import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import type { RoomEvent } from '../contract/events';
import type { JobId, SubmissionId, Verdict } from '../contract/terms';
import { Metrics } from '../metrics';
import { Judge, JudgeQueue, RoomBus, type JobOutcome } from '../ports';
import { RoomService } from '../rooms/room.service';
import { isRerun, isTrial, type Job } from '../store/claims';
import { JobStore, LEASE_MS, type Judgement } from '../store/job.store';
import type { Alongside } from '../store/room.store';
import { attempt, testsOf, type Outcome } from './attempt';
import { ProblemTests } from './problem-tests';
import { Trials } from './trials';

/** How often a job may come to nothing by itself before it is given up as a judge error. */
const MOST_FAILURES = 5;
const PATIENCE_AT_SHUTDOWN_MS = 5_000;

/** An attempt has been overtaken, or its result is known already: what it found must not be written. */
class Overtaken extends Error {}

/**
 * Works on what is owed: claims a row, has an engine run it, and puts the verdict through the door of
 * the room. It never decides anything: an outage waits, and what keeps failing becomes a judge error.
 */
@Injectable()
export class JudgeWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger('judging');
  /** With what stops its runs. */
  private readonly inHand = new Map<Job, AbortController>();
  private readonly stopping = new AbortController();

  constructor(
    private readonly queue: JudgeQueue,
    private readonly judge: Judge,
    private readonly jobs: JobStore,
    private readonly problems: ProblemTests,
    private readonly rooms: RoomService,
    private readonly trials: Trials,
    private readonly bus: RoomBus,
    private readonly metrics: Metrics,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const { slots } = await this.judge.capabilities();
    await this.queue.consume(slots, (id) => this.work(id));
  }

  /** Takes nothing new, waits a little for what is in hand, and puts off the rest: another judge takes it at once. */
  async beforeApplicationShutdown(): Promise<void> {
    const impatience = setTimeout(() => this.stopping.abort(), PATIENCE_AT_SHUTDOWN_MS);
    await this.queue.close();
    clearTimeout(impatience);
  }

  /** What has been overtaken, such as by a rejudge, is stopped: nobody waits for what it would find. */
  @Interval(LEASE_MS / 3)
  async renew(): Promise<void> {
    for (const job of await this.jobs.renew([...this.inHand.keys()])) this.inHand.get(job)?.abort();
  }

  /** Never rejects: what goes wrong here is noted, and the row becomes due again. */
  private async work(id: JobId): Promise<JobOutcome> {
    let job: Job | null = null;
    try {
      // Without an engine nothing is claimed: the sweep announces it again when there is one.
      if (!(await this.judge.capabilities()).available) return 'later';
      job = await this.jobs.claim(id);
      if (!job) return 'done';
      this.log.debug({ request: job.requestId, job: id, attempt: job.attempt }, 'A job is claimed');
      const overtaken = new AbortController();
      this.inHand.set(job, overtaken);
      return await this.settle(job, await this.outcomeOf(job, overtaken.signal), overtaken.signal);
    } catch (error) {
      if (error instanceof Overtaken) return 'done';
      this.log.error({ err: error, job: id }, 'A job came to nothing; it will be due again');
      return 'later';
    } finally {
      if (job) this.inHand.delete(job);
    }
  }

  private async outcomeOf(job: Job, overtaken: AbortSignal): Promise<Outcome> {
    if (job.failures > MOST_FAILURES) {
      return { failed: { reason: `${MOST_FAILURES} attempts were lost without a result`, retryable: false } };
    }
    const problem = await this.problems.of(job);
    const of = testsOf(job, problem).length;
    const stop = AbortSignal.any([this.stopping.signal, overtaken]);
    return attempt(this.judge, job, problem, stop, (done) => {
      if (isTrial(job.id) || isRerun(job.id)) return;
      this.bus.tell(job.userId, { name: 'submission:progress', submissionId: job.id, done, of });
    });
  }

  private async settle(job: Job, outcome: Outcome, overtaken: AbortSignal): Promise<JobOutcome> {
    if ('judged' in outcome) {
      // Nothing said is none, not an empty text.
      await this.record(job, { ...outcome.judged, compileOutput: outcome.judged.compileOutput || null });
      return 'done';
    }
    const { reason, retryable } = outcome.failed;
    if (this.stopping.signal.aborted) return this.putOff(job, 0, false, 'The judge was shut down');
    if (overtaken.aborted) return this.putOff(job, 0, false, 'Another attempt took its place');
    const outage = !(await this.judge.capabilities()).available;
    this.log.warn({ job: job.id, attempt: job.attempt, reason, outage }, 'An attempt at judging failed');
    const wait = 500 * 2 ** Math.min(job.attempt, 6);
    if (outage || (retryable && job.failures < MOST_FAILURES)) return this.putOff(job, wait, !outage, reason);
    await this.record(job, { verdict: 'JE', compileOutput: null, tests: [], reason });
    return isTrial(job.id) || isRerun(job.id) ? 'done' : { dead: reason };
  }

  /** An announcement of it is done with: the row says when it is due again. */
  private async putOff(job: Job, waitMs: number, counted: boolean, reason: string): Promise<JobOutcome> {
    await this.jobs.defer(job, waitMs, counted, reason);
    return 'done';
  }

  private async record(job: Job, judgement: Judgement): Promise<void> {
    if (isTrial(job.id)) return this.trials.finish(job, judgement);
    if (isRerun(job.id)) {
      await this.jobs.finishRerun(job, judgement);
      return;
    }
    const submissionId: SubmissionId = job.id;
    const replaces = job.verdict !== null && job.verdict !== 'JE';
    if (judgement.verdict === 'JE' && replaces) return this.jobs.keep(job, judgement);
    const { verdict } = judgement;
    const ifStillOurs: Alongside = async (tx) => {
      if (!(await this.jobs.finish(tx, job, judgement))) throw new Overtaken();
    };
    const command = { do: 'judge', submissionId, verdict } as const;
    const events = await this.rooms.dispatch(job.roomId, command, ifStillOurs, job.requestId);
    this.note(job, verdict, events);
  }

  private note(
    { id, attempt, requestId, verdict: before, receivedAt }: Job,
    verdict: Verdict,
    events: readonly RoomEvent[],
  ): void {
    const judged = events.find(({ type }) => type === 'submission.judged');
    if (!judged) return;
    this.metrics.judged.inc({ verdict });
    if (before === null) this.metrics.untilVerdict.observe((judged.at - receivedAt) / 1000);
    const { roomId: room, seq } = judged;
    this.log.log({ request: requestId, submission: id, attempt, verdict, room, seq }, 'A verdict is recorded');
  }
}
